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
pub(crate) const WIDTH: u32 = 6;

/// Odd multiples of the base point and of 2^128 times it, each as y + x, y - x and 2 d x y.
#[rustfmt::skip]
pub(crate) static BASE: [[[Element; 3]; 16]; 2] = [
    [
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
    ],
    [
        [
            Element([0x583b_04bf_acad_8ea2, 0x29b7_43e8_148b_e884, 0x2b1e_583b_0810_c5db, 0x2b54_49e5_8eb3_bbaa]),
            Element([0x5f3a_7562_eb3d_be47, 0xf7ea_3854_8ebd_a0b8, 0x00c3_e531_4574_7299, 0x1304_e9e7_1627_d551]),
            Element([0x7898_14d2_6adc_9cfe, 0x3c1b_ab3f_8b48_dd0b, 0xda0f_e1ff_f979_c60a, 0x4468_de2d_7c2d_d693]),
        ],
        [
            Element([0x4b5a_64bf_710e_cdf6, 0xb14c_e538_462c_293c, 0x3643_d056_d50b_3ab9, 0x6af9_3724_185b_4870]),
            Element([0xe90e_cfab_8de7_3e68, 0x5403_6f9f_377e_76a5, 0xf049_5b0b_be01_5982, 0x5776_29c4_a7f4_1e36]),
            Element([0x3220_0245_09c6_a888, 0xd2e0_3613_4b55_8973, 0x83e2_3623_3c33_289f, 0x701f_25bb_0cae_c18f]),
        ],
        [
            Element([0x8dee_9bd5_5db1_beee, 0xc9c3_ab37_0a72_3fb9, 0x44a8_f1bf_1c68_d791, 0x366d_4419_1cfd_3cde]),
            Element([0xfbba_d48f_fb57_20ad, 0xee81_916b_dbf9_0d0e, 0xd481_3152_6355_43bf, 0x2211_04eb_3f33_7bd8]),
            Element([0x9e3c_1743_f2bc_8c14, 0x2eda_26fc_b585_6c3b, 0xccb8_2f0e_68a7_fb97, 0x4167_a4e6_bc59_3244]),
        ],
        [
            Element([0xdb90_e289_4977_0eb8, 0x98fb_cc2a_acf4_40a3, 0x2135_4ffe_ded7_879b, 0x1f6a_3e54_f269_06b6]),
            Element([0xb4af_6cd0_5b9c_619b, 0x2ddf_c9f4_b2a5_8480, 0x3d4f_a502_ebe9_4dc4, 0x08fc_3a4c_677d_5f34]),
            Element([0x60a4_c199_d307_34ea, 0x40c0_85b6_3116_5cd6, 0xe233_3e23_f759_8295, 0x4f2f_ad01_16b9_00d1]),
        ],
        [
            Element([0x47c2_7ef7_0e37_c8cb, 0xc972_aa11_b971_fa79, 0x67da_92c7_870b_d336, 0x3bc6_a10a_a583_b073]),
            Element([0xafcb_c5db_45dc_2c78, 0x2d66_ab42_806e_07a3, 0x2a52_0c99_411d_105e, 0x3fd8_6de2_aebd_0a00]),
            Element([0x0234_3d82_f773_aecb, 0xcc30_c466_1fa8_c695, 0x5bce_16df_21a6_5a0c, 0x5326_ccb6_9408_342c]),
        ],
        [
            Element([0xc227_f192_a0d2_da41, 0xf65a_5d74_6ed8_1d6e, 0xb0d4_e4ec_c1c7_b08d, 0x4d4e_c054_daef_e339]),
            Element([0x9f52_1df9_2dcc_5416, 0xbb1a_d727_e13e_83da, 0x5b14_6093_d21d_62c4, 0x336d_296b_4cdc_a8fd]),
            Element([0xc4d6_fc51_6536_cb46, 0x176f_7223_58d0_fb2c, 0xe4f2_bc4f_8317_bc29, 0x15e3_9772_6486_fcb8]),
        ],
        [
            Element([0x914d_3e4e_a7c6_7900, 0xad1f_8193_1add_3b95, 0xc46a_d91b_fc4e_0fab, 0x2275_1f67_f4f5_1f2a]),
            Element([0x964a_b749_181b_45c7, 0xe5e2_4f18_3103_a2ce, 0x2a75_a7b6_3321_404c, 0x306c_f6d5_c4b1_bf10]),
            Element([0xac33_66fa_2206_0ed4, 0x6602_d9eb_416b_e258, 0xd802_d0d1_cf52_4dee, 0x71bd_6e52_5438_8c2f]),
        ],
        [
            Element([0x8478_3292_3fa6_2600, 0x5f65_a799_2594_7f83, 0xb340_d20b_7f48_03d4, 0x6358_5a3c_041f_3ddc]),
            Element([0x0a78_8e93_d945_7638, 0xd8bb_b343_ae96_89d8, 0x6841_d340_23ee_4103, 0x0ff6_d3f4_3392_0dba]),
            Element([0x4f23_4ee8_7191_1c90, 0x1adc_7a18_cd41_73f0, 0x84cd_1f0e_6306_af3f, 0x3118_75e3_7124_b98d]),
        ],
        [
            Element([0x1f0f_f2e6_9810_8bc3, 0x22a7_27d0_34e9_1806, 0x65b1_6f32_22f7_ca75, 0x0150_7bdb_fd15_d7e3]),
            Element([0xaee3_902b_a576_c31e, 0x586f_1f73_2c22_3c29, 0x6e2e_bed0_d51d_9cfa, 0x4e66_ac10_fd10_d434]),
            Element([0x3039_6ee6_4bc4_1599, 0xc5c8_9650_056c_7211, 0x1af0_3fdd_dfc3_912b, 0x438f_9bd6_192b_4384]),
        ],
        [
            Element([0xec32_585d_accd_272f, 0x47c9_9704_3d28_8b4a, 0x2669_bd01_9167_06a8, 0x015c_0ef3_2918_0b10]),
            Element([0x3670_5a0b_cbe1_4a0d, 0xa9d8_0ff5_5fc6_da31, 0x7098_6ade_d7be_fdd0, 0x4145_064c_98da_4660]),
            Element([0x2590_a888_b7d0_9367, 0xa42a_d90b_5f69_42c4, 0x0380_e0b8_22ed_cb81, 0x56e2_5ac1_0737_b7ad]),
        ],
        [
            Element([0xb001_d2b8_026b_8590, 0x7c3c_e44e_7b1d_5227, 0xd825_5fac_7d6b_6d17, 0x632c_55dd_101c_8aee]),
            Element([0x697f_1580_342a_6fe1, 0x7e1d_0a24_e1e4_2ce2, 0xcbab_5b83_e447_12c8, 0x2c8a_5e97_3ef7_db69]),
            Element([0x44d6_c193_8763_45c2, 0x8f33_ef67_1c57_8165, 0x0b69_6b37_e692_7466, 0x3a5a_6262_b1a1_a049]),
        ],
        [
            Element([0x07d1_9c42_facd_1780, 0xd53e_dc5e_6175_fcd6, 0x5833_8386_d8a9_f16d, 0x15f8_ae4e_d49e_8a43]),
            Element([0xafed_fca0_b051_ef04, 0xb4b8_a156_1898_8d25, 0xb7bf_3ce2_7111_9608, 0x19a5_24af_3833_1057]),
            Element([0x03cd_27cc_e400_e185, 0x355b_17c3_c31f_1526, 0xae95_a31d_c31a_cae0, 0x3667_3a99_8c9a_c031]),
        ],
        [
            Element([0x3588_9ca3_4e10_ecfb, 0x4d82_24d8_cd7d_6b38, 0x80c7_4452_8355_1df6, 0x1ce5_a759_e08b_7941]),
            Element([0x0c8f_10d0_b964_a572, 0xa2f5_e735_ea75_c560, 0xf234_3fe7_74c3_ab46, 0x444d_4a2c_22c3_5bab]),
            Element([0x1496_6e79_3cb6_768e, 0x4ae9_d014_53b4_d601, 0x69ca_7650_9a1b_8338, 0x7fb6_6e83_09c4_c9cc]),
        ],
        [
            Element([0x14fb_c8b3_56ff_458d, 0x3983_8759_7459_9dcd, 0xa708_89c5_66fa_e3c1, 0x7f3e_f8f7_b556_0686]),
            Element([0xa295_ce99_fd25_1dd3, 0xd876_a8a9_116d_bf04, 0x6c24_a3b2_1584_20e5, 0x322e_6c8b_1200_9e52]),
            Element([0x14fb_4cc4_aa04_2df9, 0x9826_9894_8ce8_8a99, 0x056a_aa94_a63f_551c, 0x77e0_6912_f532_0223]),
        ],
        [
            Element([0x7d41_3f9b_22c6_5837, 0xebc1_c53c_88e9_2cf0, 0xa058_26a4_c560_fc71, 0x3585_c714_03cf_fd3b]),
            Element([0x26b5_72e5_e0d9_5853, 0xc98b_c3c3_27b9_1133, 0x8070_6d13_a77a_c1a9, 0x22d8_79bd_dc12_7787]),
            Element([0x192e_81d2_36a6_a6cd, 0x6a54_f16d_b7ea_4b50, 0xfbd8_143e_291e_0a59, 0x3d57_4f25_add6_03be]),
        ],
        [
            Element([0xabbe_256e_e47d_e376, 0x4a31_6ef9_6a84_36e2, 0x79cc_73fa_9f1a_6937, 0x244d_c732_037d_6624]),
            Element([0xbc39_f82b_cff9_065b, 0xe4e7_9531_7f9c_4984, 0xb452_3727_4660_f9c9, 0x0384_3b76_7d26_fe45]),
            Element([0xa9ae_73ab_e9cb_5a6a, 0xa070_367f_f883_67c6, 0x5272_64da_59a8_32e7, 0x4407_96ea_3891_15f1]),
        ],
    ],
];
