//! Constants of the curve, and multiples of its base point; limbs lowest first.

use crate::field::Element;

/// -121665 / 121666.
#[rustfmt::skip]
pub(crate) const D: [u64; 4] = [0x75eb_4dca_1359_78a3, 0x0070_0a4d_4141_d8ab, 0x8cc7_4079_7779_e898, 0x5203_6cee_2b6f_fe73];
/// Twice that.
#[rustfmt::skip]
pub(crate) const D2: [u64; 4] = [0xebd6_9b94_26b2_f159, 0x00e0_149a_8283_b156, 0x198e_80f2_eef3_d130, 0x2406_d9dc_56df_fce7];
/// A square root of -1.
#[rustfmt::skip]
pub(crate) const ROOT: [u64; 4] = [0xc4ee_1b27_4a0e_a0b0, 0x2f43_1806_ad2f_e478, 0x2b4d_0099_3dfb_d7a7, 0x2b83_2480_4fc1_df0b];

/// What digits of multipliers of the base point are below: 2^(WIDTH - 1).
pub(crate) const WIDTH: u32 = 7;

/// Odd multiples of the base point, each as y + x, y - x and 2 d x y.
#[rustfmt::skip]
pub(crate) static BASE: [[Element; 3]; 32] = [
    [
        Element([0x2fbc_93c6_f58c_3b85, 0xcf93_2dc6_fb8c_0e19, 0x270b_4898_643d_42c2, 0x07cf_9d3a_33d4_ba65]),
        Element([0x9d10_3905_d740_913e, 0xfd39_9f05_d140_beb3, 0xa5c1_8434_688f_8a09, 0x44fd_2f92_98f8_1267]),
        Element([0xabc9_1205_877a_aa68, 0x26d9_e823_ccaa_c49e, 0x5a1b_7dcb_dd43_598c, 0x6f11_7b68_9f0c_65a8]),
    ],
    [
        Element([0xaf25_b0a8_4cee_9730, 0x025a_8430_e886_4b8a, 0xc11b_5002_9f01_6732, 0x7a16_4e1b_9a80_f8f4]),
        Element([0x5661_1fe8_a4fc_d265, 0x3bd3_53fd_e5c1_ba7d, 0x8131_f31a_214b_d6bd, 0x2ab9_1587_555b_da62]),
        Element([0x14ae_933f_0dd0_d889, 0x5894_2322_1c35_da62, 0xd170_e545_8cf2_db4c, 0x5a28_26af_12b9_b4c6]),
    ],
    [
        Element([0xa212_bc44_08a5_bb33, 0x8d50_48c3_c75e_ed02, 0xdd1b_eb0c_5abf_ec44, 0x2945_ccf1_46e2_06eb]),
        Element([0x7f91_82c3_a447_d6ba, 0xd500_14d1_4b27_29b7, 0xe33c_f11c_b864_a087, 0x154a_7e73_eb1b_55f3]),
        Element([0xbcbb_dbf1_812a_8285, 0x270e_0807_d0bd_d1fc, 0xb41b_670b_1bbd_a72d, 0x43aa_be69_6b3b_b69a]),
    ],
    [
        Element([0x6b1a_5cd0_944e_a3bf, 0x7470_353a_b39d_c0d2, 0x71b2_5282_2854_2e49, 0x461b_ea69_283c_927e]),
        Element([0xba6f_2c9a_aa32_21b1, 0x6ca0_2153_3bba_23a7, 0x9dea_764f_9219_2c3a, 0x1d6e_dd5d_2e53_17e0]),
        Element([0xf183_6dc8_01b8_b3a2, 0xb303_5f47_053e_a49a, 0x529c_41ba_5877_adf3, 0x7a9f_bb1c_6a0f_90a7]),
    ],
    [
        Element([0x9b2e_678a_a6a8_632f, 0xa650_9e6f_51bc_46c5, 0xceb2_33c9_c686_f5b5, 0x34b9_ed33_8add_7f59]),
        Element([0xf36e_217e_039d_8064, 0x98a0_81b6_f520_419b, 0x96cb_c608_e75e_b044, 0x49c0_5a51_fadc_9c8f]),
        Element([0x06b4_e8bf_9045_af1b, 0xe2ff_83e8_a719_d22f, 0xaaf6_fc29_93d4_cf16, 0x73c1_7202_1b00_8b06]),
    ],
    [
        Element([0x2fbf_0084_8a80_2ade, 0xe5d9_fecf_0230_2e27, 0x113e_8471_1770_3406, 0x4275_aae2_546d_8faf]),
        Element([0x315f_5b02_4986_4348, 0x3ed6_b369_7708_8381, 0xa3a0_7555_6a8d_eb95, 0x18ab_5980_29d5_c77f]),
        Element([0xd82b_2cc5_fd60_89e9, 0x031e_b4a1_3282_e4a4, 0x4431_1199_b51a_8622, 0x3dc6_5522_b53d_f948]),
    ],
    [
        Element([0xbf70_c222_a200_7f6d, 0xbf84_b39a_b5bc_dedb, 0x537a_0e12_fb07_ba07, 0x234f_d7ee_c346_f241]),
        Element([0x506f_013b_327f_bf93, 0xaefc_ebc9_9b77_6f6b, 0x9d12_b232_aaad_5968, 0x0267_882d_1760_24a7]),
        Element([0x5360_a119_732e_a378, 0x2437_e6b1_df8d_d471, 0xa2ef_37f8_91a7_e533, 0x497b_a6fd_aa09_7863]),
    ],
    [
        Element([0x24ce_cc03_13cf_eaa0, 0x8648_c28d_189c_246d, 0x2dbd_bdfa_c1f2_d4d0, 0x61e2_2917_f12d_e72b]),
        Element([0x040b_cd86_468c_cf0b, 0xd382_9ba4_2a99_10d6, 0x7508_3008_07b2_5192, 0x43b5_cd42_18d0_5ebf]),
        Element([0x5d9a_762f_9bd0_b516, 0xeb38_af4e_373f_deee, 0x032e_5a7d_93d6_4270, 0x511d_6121_0ae4_d842]),
    ],
    [
        Element([0x92c6_76ef_950e_9d81, 0xa546_20cd_c0d7_044f, 0xaa9b_3664_6f8f_1248, 0x6d32_5924_ddb8_55e3]),
        Element([0x0813_8648_4420_de87, 0x8a1c_f016_b592_edb4, 0x39fa_4e27_2994_2d25, 0x71a7_fe6f_e248_2810]),
        Element([0x6c71_82b8_a5c8_c854, 0x33fd_1479_fe5f_2a03, 0x72cf_5918_8377_8d0c, 0x4746_c4b6_559e_eaa9]),
    ],
    [
        Element([0xd377_7b3c_6dc6_9a2b, 0xdefa_b227_6f89_f617, 0x4565_1cf7_b53a_16b5, 0x5c9a_51de_34fe_9fb7]),
        Element([0x3485_46c8_6474_1147, 0x7d35_aedd_0efc_c849, 0xff93_9a76_0672_a332, 0x2196_6349_7db5_e6d6]),
        Element([0xf510_f1cf_79f1_0e67, 0xffdd_daa1_e658_515b, 0x09c3_a717_1014_2277, 0x4804_503c_6082_23bb]),
    ],
    [
        Element([0xc424_9ed0_2ca3_7fc7, 0xa059_a0e3_a615_acab, 0x88a9_6ed7_c96e_0e23, 0x5533_98a5_1650_696d]),
        Element([0x3b68_21d2_3a36_d175, 0xbbb4_0aa7_e99b_9e32, 0x5d9e_5ce4_2083_8a47, 0x771e_0988_58de_4c5e]),
        Element([0x9a12_f5d2_7845_1edf, 0x3ada_5d79_8589_9ccb, 0x477f_4a2d_9fa5_9508, 0x5a5e_d1d6_8ff5_a611]),
    ],
    [
        Element([0x1195_122a_fe15_0e83, 0xcf20_9a25_7e4b_35d8, 0x7387_f829_1e71_1e20, 0x44ac_b897_d8bf_92f0]),
        Element([0xbae5_e0c5_5852_7359, 0x392e_5c19_cadb_9d7e, 0x2865_3c1e_da1c_abe9, 0x019b_6013_5fef_dc44]),
        Element([0x1e60_6814_5e13_4b83, 0xc4f5_e64f_2430_4c16, 0x506e_88a8_fc1a_3ed7, 0x150c_49fd_e6ad_2f92]),
    ],
    [
        Element([0x8e7b_f295_0947_1138, 0x5d6f_ef39_4f75_a651, 0x10af_79c4_25a7_08ad, 0x6b2b_5a07_5bb9_9922]),
        Element([0xb849_863c_9cdc_a868, 0xc83f_44db_b871_4ad0, 0xfe3e_e356_0c36_168d, 0x78a6_d779_1e05_fbc1]),
        Element([0x58bf_704b_47a0_b976, 0xa601_b355_7417_48d5, 0xaa2b_1fb1_d542_f590, 0x725c_7ffc_4ad5_5d00]),
    ],
    [
        Element([0xe442_6715_d1cf_99b2, 0x7352_d511_02a2_0d34, 0x23d1_157b_8b12_109f, 0x794c_c927_7cb1_f3a3]),
        Element([0x9180_2bf7_1cd0_98c0, 0xfe41_6ca4_ed5e_6366, 0xdf58_5d71_4902_994c, 0x4cd5_4625_f855_fae7]),
        Element([0x4af6_c426_c2ac_5053, 0xbc9a_edad_32f6_7258, 0x2ad0_32f1_0a31_1021, 0x7008_357b_6fcc_8e85]),
    ],
    [
        Element([0x0b88_6727_3877_3f01, 0xb8cc_c8fa_95fb_ccfb, 0x8d2d_d5a3_b9ad_29b6, 0x06ef_7e98_51ad_0f6a]),
        Element([0xd01b_9fbb_8258_4a34, 0x47ab_6463_d2b4_792b, 0xb631_639c_4853_6202, 0x13a9_2a36_69d6_d428]),
        Element([0xca93_771c_c057_7de5, 0x7540_e41e_5035_dc5c, 0x2468_0f01_d802_e071, 0x3c29_6ddf_8a2a_f86a]),
    ],
    [
        Element([0xaead_15f9_d914_a713, 0xa92f_7bf9_8c8f_f912, 0xaff8_2317_9f53_d730, 0x7a99_d393_490c_77ba]),
        Element([0xfceb_4d2e_bb1f_2541, 0xb895_10c7_40ad_b91f, 0xfc71_a37d_d0a1_ad05, 0x0a89_2c70_0747_717b]),
        Element([0x8f52_ed24_36bd_a3e8, 0x77a8_c841_57e8_0794, 0xa5a9_6563_262f_9ce0, 0x2867_62d2_8302_f7d2]),
    ],
    [
        Element([0x4e78_3609_3ce3_5b25, 0x82e1_181d_b26b_aa97, 0x0cc1_92d3_cbc7_b83f, 0x32f1_da04_6a9d_9d3a]),
        Element([0x7c55_8e2b_ce2e_f5bd, 0xe498_6cb4_6747_bc63, 0x154a_179f_3bbb_89b8, 0x7686_f2a3_d6f1_767a]),
        Element([0xaa8d_12a6_6d59_7c6a, 0x8f11_9303_04d3_852b, 0x3f91_dc73_c209_b022, 0x5613_05f8_a9ad_28a6]),
    ],
    [
        Element([0x100c_978d_ec92_aed1, 0xca43_d543_4d6d_73e5, 0x8313_1b22_d847_ba48, 0x00aa_ec53_e35d_4d2c]),
        Element([0x6722_cc28_e7b0_c0d5, 0x709d_e9bb_db07_5c53, 0xcaf6_8da7_d701_0a61, 0x030a_1aef_2c57_cc6c]),
        Element([0x7bb1_f773_003a_d2aa, 0x0b3f_2980_2b21_6608, 0x7821_dc86_520e_d23e, 0x20be_9c1c_2406_5480]),
    ],
    [
        Element([0xe153_87d8_2496_73a6, 0x5943_bc2d_f546_e493, 0x1c7f_9a81_c36f_63b5, 0x750a_b336_1f0a_c1de]),
        Element([0x20e0_e44a_e202_5e60, 0xb03b_3b2f_cbdc_b938, 0x105d_639c_f95a_0d1c, 0x6976_4c54_5067_e311]),
        Element([0x1e8a_3283_a2f8_1037, 0x6f2e_da23_bd7f_cbf1, 0xb72f_d15b_ac2e_2563, 0x54f9_6b3f_b707_5040]),
    ],
    [
        Element([0x0fad_f204_2966_9279, 0x3add_a204_7d7d_724a, 0x6f3d_9482_8c57_60f1, 0x3d7f_e9c5_2bb7_539e]),
        Element([0x177d_afc6_16b1_1ecd, 0x8976_4b9c_fa57_6479, 0xb7a8_a110_e6ec_e785, 0x78e6_839f_be85_dbf0]),
        Element([0x7033_2df7_37b8_856b, 0x75d0_5d43_041a_178a, 0x320f_f74a_a0e5_9e22, 0x70f2_68f3_5008_8242]),
    ],
    [
        Element([0x6686_4583_b180_5f47, 0xf535_c5d1_60dd_7c19, 0xe987_4eb7_1e4c_b006, 0x7c0d_345c_fad8_89d9]),
        Element([0x2324_1120_70dc_f355, 0x380c_c97e_e7fc_e117, 0xb31d_deed_3552_b698, 0x404e_56c0_39b8_c4b9]),
        Element([0x591f_1f4b_8c78_338a, 0xa036_6ab1_67e0_b5e1, 0x5cbc_4152_b45f_3d44, 0x20d7_5476_2aae_c777]),
    ],
    [
        Element([0x5e8f_c36f_c73b_b758, 0xace5_43a5_363c_bb9a, 0xa993_4a7d_903b_c922, 0x2b8f_1e46_f3ce_ec62]),
        Element([0x9d74_feb1_35b9_f543, 0x84b3_7df1_de8c_956c, 0xe932_2b07_5713_8ba9, 0x38b8_ada8_790b_4ce1]),
        Element([0xb5c0_4a9c_df51_f95d, 0x2b39_52ae_cb1f_deac, 0x1d10_6d8b_328b_66da, 0x049a_eb32_ceba_1953]),
    ],
    [
        Element([0xaa50_7d0b_75fc_7931, 0x0fef_924b_7a67_25d3, 0x1d82_542b_396b_3930, 0x795e_e175_30f6_74fc]),
        Element([0xd776_7d3c_63dc_fe7e, 0x209c_5948_9785_6e40, 0xb667_6861_e14f_7c13, 0x51c6_65e0_c8d6_25fc]),
        Element([0x254a_5b0a_52ec_bd81, 0x5d41_1f6e_e034_afe7, 0xe6a2_4d0d_caee_4a31, 0x6cd1_9bf4_9dc5_4477]),
    ],
    [
        Element([0x1ffe_6121_65af_c386, 0x082a_2a88_b8d5_1b10, 0x76f6_627e_2099_0baa, 0x5e01_b3a7_429e_43e7]),
        Element([0x7e87_6190_5217_9ca3, 0x571d_0a06_0b2c_9f85, 0x80a2_baa8_8499_711e, 0x7520_f3db_40b2_e638]),
        Element([0x3db5_0be3_d393_57a1, 0x967b_6cdd_599e_94a5, 0x1a30_9a64_df31_1e6e, 0x7109_2c9c_cef3_c986]),
    ],
    [
        Element([0x856b_d8ac_7405_1dcf, 0x03f6_a408_55b7_aa1e, 0x3a4a_e7cb_c974_3ceb, 0x4173_a5bb_7137_abde]),
        Element([0x53d8_523f_0364_918c, 0xa2b4_04f4_3fab_6b1c, 0x080b_4a9e_6681_e5a4, 0x0ea1_5b03_d025_7ba7]),
        Element([0x17c5_6e31_f0f9_218a, 0x5a69_6e2b_1afc_4708, 0xf793_1668_f4b2_f176, 0x5fc5_6561_4a4e_3a67]),
    ],
    [
        Element([0x4892_e1e6_7790_988e, 0x01d5_950f_1c5c_d722, 0xe3b0_819a_e592_3eed, 0x3214_c740_9d46_651b]),
        Element([0x136e_570d_c46d_7ae5, 0x0fd0_aacc_54f8_dc8f, 0x5954_9f03_310d_ad86, 0x6271_1c41_4c45_4aa1]),
        Element([0x1329_8274_0665_1770, 0x3ba4_a066_8a27_9436, 0xd9b6_b8ec_185d_223c, 0x5bea_9407_3ecb_833c]),
    ],
    [
        Element([0xb470_ce63_f343_d2f8, 0x0067_ba8f_0543_e8f1, 0x35da_51a1_a211_7b6f, 0x4ad0_7859_44f1_bd2f]),
        Element([0x641d_bf09_12c8_9be4, 0xacf3_8b31_7d6e_579c, 0xabfe_9e02_f697_b065, 0x3aac_d5c1_48f6_1eec]),
        Element([0x858e_3b34_c331_8301, 0xdc99_c047_0731_6826, 0x3408_5b2e_d39d_a88c, 0x3aff_0cb1_d902_853d]),
    ],
    [
        Element([0x9226_430b_f4c5_3505, 0x68e4_9c13_261f_2283, 0x09ef_3378_8fd3_27c6, 0x2ccf_9f73_2bd9_9e7f]),
        Element([0x87c5_c7eb_3a20_405e, 0x8ee3_11ef_edad_56c9, 0x2925_2e48_ad29_d5f9, 0x110e_7e86_f4cd_251d]),
        Element([0x57c0_d89e_d603_f5e4, 0x1288_8628_f0b0_200c, 0x5317_2709_a02e_3bb7, 0x05c5_57e0_b969_3a37]),
    ],
    [
        Element([0xf776_bbb0_89c2_0eb0, 0x61f8_5bf6_fa0f_d85c, 0xb6b9_3f4e_6344_21fb, 0x289f_ef08_4186_1205]),
        Element([0xd8f9_ce31_1fc9_7e6f, 0x7a3f_2630_11f9_fdae, 0xe15b_7ea0_8bed_25dd, 0x6e15_4c17_8fe9_875a]),
        Element([0xcf61_6336_fed6_9abf, 0x9b16_e4e7_8335_c94f, 0x1378_9765_753a_7fe7, 0x6afb_f642_a95c_a319]),
    ],
    [
        Element([0x5de5_5070_f913_a8cc, 0x7d1d_167b_2b0c_f561, 0xda29_56b6_90ea_d489, 0x12c0_93ce_db80_1ed9]),
        Element([0x7da8_de0c_62f5_d2c1, 0x98fc_3da4_b00e_7b9a, 0x7deb_6ada_0dad_70e0, 0x0db4_b851_b950_38c4]),
        Element([0xfc14_7f93_08b8_190f, 0x0696_9da0_a11a_e310, 0xcee7_5572_dac7_d7fd, 0x33aa_8799_c663_5ce6]),
    ],
    [
        Element([0x8348_f588_fc15_6cb1, 0x6da2_ba9b_1a0a_6d27, 0xe226_2d5c_87ca_5ab6, 0x212c_d0c1_c8d5_89a6]),
        Element([0xaf0f_f51e_bd08_5cf2, 0x78f5_1a89_67d3_3f1f, 0x6ec2_bfe1_5060_033c, 0x233c_6f29_e8e2_1a86]),
        Element([0xd2f4_d510_7f18_c781, 0x122e_cdf2_527e_9d28, 0xa70a_862a_3d3d_3341, 0x1db7_7789_1191_4ce3]),
    ],
    [
        Element([0xb339_4769_dd70_1ab6, 0xe2b8_ded4_19cf_8da5, 0x15df_4161_fd2a_c852, 0x7ae2_ca8a_017d_24be]),
        Element([0xddf3_5239_7c6b_c26f, 0x7a97_e2cc_53d5_0113, 0x7c74_f43a_bf79_a330, 0x31ad_97ad_26e2_adfc]),
        Element([0xb7e8_17ed_0920_b962, 0x1e85_18cc_3f19_da9d, 0xe491_c14f_2556_0a64, 0x1ed1_fc53_a662_2c83]),
    ],
];
