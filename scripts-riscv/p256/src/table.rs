//! Constants of the curve, and multiples of its base point; limbs lowest first, elements
//! of the field times 2^256.

use crate::field::Element;

/// b of y^2 = x^3 - 3 x + b.
#[rustfmt::skip]
pub(crate) const B: [u64; 4] = [0xd89c_df62_29c4_bddf, 0xacf0_05cd_7884_3090, 0xe5a2_20ab_f721_2ed6, 0xdc30_061d_0487_4834];
/// One.
#[rustfmt::skip]
pub(crate) const ONE: [u64; 4] = [0x0000_0000_0000_0001, 0xffff_ffff_0000_0000, 0xffff_ffff_ffff_ffff, 0x0000_0000_ffff_fffe];
/// 2^256.
#[rustfmt::skip]
pub(crate) const R: [u64; 4] = [0x0000_0000_0000_0003, 0xffff_fffb_ffff_ffff, 0xffff_ffff_ffff_fffe, 0x0000_0004_ffff_fffd];
/// The order of the base point.
#[rustfmt::skip]
pub(crate) const ORDER: [u64; 4] = [0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, 0xffff_ffff_ffff_ffff, 0xffff_ffff_0000_0000];
/// One divided by the order, negated, modulo 2^64.
pub(crate) const ORDER_INVERSE: u64 = 0xccd1_c8aa_ee00_bc4f;
/// 2^512 modulo the order.
#[rustfmt::skip]
pub(crate) const ORDER_R2: [u64; 4] = [0x8324_4c95_be79_eea2, 0x4699_799c_49bd_6fa6, 0x2845_b239_2b6b_ec59, 0x66e1_2d94_f3d9_5620];

/// What digits of multipliers of the base point are below: 2^(WIDTH - 1).
pub(crate) const WIDTH: u32 = 8;

/// Odd multiples of the base point, each as x and y.
#[rustfmt::skip]
pub(crate) static BASE: [[Element; 2]; 64] = [
    [
        Element([0x79e7_30d4_18a9_143c, 0x75ba_95fc_5fed_b601, 0x79fb_732b_7762_2510, 0x1890_5f76_a537_55c6]),
        Element([0xddf2_5357_ce95_560a, 0x8b4a_b8e4_ba19_e45c, 0xd2e8_8688_dd21_f325, 0x8571_ff18_2588_5d85]),
    ],
    [
        Element([0xffac_3f90_4eeb_c127, 0xb027_f84a_087d_81fb, 0x66ad_77dd_87cb_bc98, 0x2693_6a3f_b6ff_747e]),
        Element([0xb04c_5c1f_c983_a7eb, 0x583e_47ad_0861_fe1a, 0x7882_0831_1a2e_e98e, 0xd5f0_6a29_e587_cc07]),
    ],
    [
        Element([0xbe1b_8aae_c45c_61f5, 0x90ec_649a_94b9_537d, 0x941c_b5aa_d076_c20c, 0xc907_9605_8905_23c8]),
        Element([0xeb30_9b4a_e7ba_4f10, 0x73c5_68ef_e5eb_882b, 0x3540_a987_7e7a_1f68, 0x73a0_76bb_2dd1_e916]),
    ],
    [
        Element([0x0746_354e_a017_3b4f, 0x2bd2_0213_d23c_00f7, 0xf43e_aab5_0c23_bb08, 0x13ba_5119_c312_3e03]),
        Element([0x2847_d030_3f5b_9d4d, 0x6742_f2f2_5da6_7bdd, 0xef93_3bdc_77c9_4195, 0xeaed_d915_6e24_0867]),
    ],
    [
        Element([0x75c9_6e8f_264e_20e8, 0xabe6_bfed_59a7_a841, 0x2cc0_9c04_44c8_eb00, 0xe05b_3080_f0c4_e16b]),
        Element([0x1eb7_777a_a45f_3314, 0x56af_7bed_ce5d_45e3, 0x2b6e_019a_88b1_2f1a, 0x0866_59cd_fd83_5f9b]),
    ],
    [
        Element([0xea7d_260a_6245_e404, 0x9de4_0795_6e7f_dfe0, 0x1ff3_a415_8dac_1ab5, 0x3e70_90f1_649c_9073]),
        Element([0x1a76_8561_2b94_4e88, 0x250f_939e_e57f_61c8, 0x0c0d_aa89_1ead_643d, 0x6893_0023_e125_b88e]),
    ],
    [
        Element([0xccc4_2563_4b2e_d709, 0x0e35_6769_856f_d30d, 0xbcbc_d43f_559e_9811, 0x7384_77ac_5395_b759]),
        Element([0x3575_2b90_c00e_e17f, 0x6874_8390_742e_d2e3, 0x7cd0_6422_bd1f_5bc1, 0xfbc0_8769_c9e7_b797]),
    ],
    [
        Element([0x72bc_d8b7_bc60_055b, 0x03cc_23ee_56e2_7e4b, 0xee33_7424_e481_9370, 0xe2aa_0e43_0ad3_da09]),
        Element([0x40b8_524f_6383_c45d, 0xd766_3554_42a4_1b25, 0x64ef_a6de_778a_4797, 0x2042_170a_7079_adf4]),
    ],
    [
        Element([0x9709_1dcb_d53c_5c9d, 0xf176_24b6_ac0a_177b, 0xb0f1_3975_2cfe_2dff, 0xc1a3_5c0a_6c7a_574e]),
        Element([0x227d_3146_93e7_9987, 0x0575_bf30_e89c_b80e, 0x2f4e_247f_0d18_83bb, 0xebd5_1226_3274_c3d0]),
    ],
    [
        Element([0xfea9_12ba_a565_9ae8, 0x6836_3aba_25e1_a16e, 0xb884_2277_752c_41ac, 0xfe54_5c28_2897_c3fc]),
        Element([0x2d36_e9e7_dc4c_696b, 0x5806_244a_fba9_77c5, 0x8566_5e9b_e395_08c1, 0xf720_ee25_6d12_597b]),
    ],
    [
        Element([0x562e_4cec_c135_b208, 0x74e1_b265_4783_f47d, 0x6d2a_506c_5a3f_3b30, 0xecea_d9f4_c167_62fc]),
        Element([0xf29d_d4b2_e286_e5b9, 0x1b0f_adc0_83bb_3c61, 0x7a75_023e_7fac_29a4, 0xc086_d5f1_c947_7fa3]),
    ],
    [
        Element([0xf4f8_7653_2de4_5068, 0x37c7_a7e8_9e2e_1f6e, 0xd082_5fa2_a358_4069, 0xaf2c_ea7c_1727_bf42]),
        Element([0x0360_a4fb_9e47_85a9, 0xe5fd_a49c_2729_9f4a, 0x4806_8e13_71ac_2f71, 0x83d0_687b_9077_666f]),
    ],
    [
        Element([0xa4a3_19ac_d837_879f, 0x6fc1_b49e_ed6b_67b0, 0xe395_9933_32f1_f3af, 0x9667_42eb_6543_2a2e]),
        Element([0x4b8d_c9fe_b496_6228, 0x96cc_6312_43f4_3950, 0x1206_8859_c9b7_31ee, 0x7b94_8dc3_56f7_9968]),
    ],
    [
        Element([0x042c_2af4_97e2_feb4, 0xd36a_42d7_aebf_7313, 0x49d2_c9eb_084f_fdd7, 0x9f8a_a54b_2ef7_c76a]),
        Element([0x9200_b7ba_0989_5e70, 0x3bd0_c66f_ddb7_fb58, 0x2d97_d108_78eb_4cbb, 0x2d43_1068_d84b_de31]),
    ],
    [
        Element([0x5e5d_b46a_cb66_e132, 0xf1be_963a_0d92_5880, 0x944a_7027_0317_b9e2, 0xe266_f959_4860_3d48]),
        Element([0x98db_6673_5c20_8899, 0x9047_2447_a2fb_18a3, 0x8a96_6939_777c_619f, 0x3798_142a_2a3b_e21b]),
    ],
    [
        Element([0xe2f7_3c69_6755_ff89, 0xdd3c_f7e7_4730_17e6, 0x8ef5_689d_3cf7_600d, 0x948d_c4f8_b1fc_87b4]),
        Element([0xd9e9_fe81_4ea5_3299, 0x2d92_1ca2_98eb_6028, 0xfaec_edfd_0c98_03fc, 0xf38a_e891_4d7b_4745]),
    ],
    [
        Element([0x8715_1456_0f66_4534, 0x85ce_ae7c_4b68_f103, 0xac09_c4ae_6557_8ab9, 0x33ec_6868_f044_b10c]),
        Element([0x6ac4_832b_3a8e_c1f1, 0x5509_d128_5847_d5ef, 0xf909_604f_763f_1574, 0xb16c_4303_c32f_63c4]),
    ],
    [
        Element([0xfd16_847f_dec6_7ef5, 0x742e_e464_233e_76b7, 0x0b8e_4134_efc2_b4c8, 0xca64_0b86_42a3_e521]),
        Element([0x653a_0190_8ceb_6aa9, 0x313c_300c_5478_52d5, 0x24e4_ab12_6b23_7af7, 0x2ba9_0162_8bb4_7af8]),
    ],
    [
        Element([0x0046_7bc5_8cce_08b5, 0xb636_458c_7f17_8d55, 0xc574_8bae_a677_d806, 0x2763_a387_dfa3_94eb]),
        Element([0xa12b_448a_7d3c_ebb6, 0xe7ad_da3e_6f20_d850, 0xf63e_bce5_1558_462c, 0x58b3_6143_6200_88a8]),
    ],
    [
        Element([0xa9d8_9488_a059_c142, 0x6f5a_e714_ff0b_9346, 0x068f_237d_16fb_3664, 0x5853_e4c4_3631_86ac]),
        Element([0xe2d8_7d23_63c5_2f98, 0x2ec4_a766_8182_8876, 0x47b8_64fa_e14e_7b1c, 0x0c0b_c0e5_6919_2408]),
    ],
    [
        Element([0x624d_6049_2ed2_2e91, 0x6fdf_e0b5_6f07_2822, 0xeeca_1115_39ce_2271, 0x9810_0a4f_db01_614f]),
        Element([0xb6b0_daa2_a35c_628f, 0xb6f9_4d2e_c87e_9a47, 0xc677_3259_1d57_d9ce, 0xf70b_feec_0388_4a7b]),
    ],
    [
        Element([0x4ff2_3ffd_248a_7d06, 0x80c5_bfb4_8788_73fa, 0xb7d9_ad90_0574_5981, 0x179c_85db_3db0_1994]),
        Element([0xba41_b062_61a6_966c, 0x4d82_d052_eadc_e5a8, 0x9e91_cd3b_a5e6_a318, 0x4779_5f4f_95b2_dda0]),
    ],
    [
        Element([0x1ee4_26cc_d5cd_79bf, 0x0032_940b_946c_6e18, 0x1b1e_8ae0_5747_7f58, 0xe94f_7d34_6d82_3278]),
        Element([0xc747_cb96_782b_a21a, 0xc525_4469_f72b_33a5, 0x772e_f6de_c7f8_0c81, 0xd73a_cbfe_2cd9_e6b5]),
    ],
    [
        Element([0x283c_7513_caa7_6097, 0x0a62_4fa9_36c8_3906, 0x6b20_afec_715a_f2c7, 0x4b96_9974_eba7_8bfd]),
        Element([0x2207_55cc_d921_d60e, 0x9b94_4e10_7bae_ca13, 0x0481_9d51_5ded_93d4, 0x9bbf_f86e_6ddd_fd27]),
    ],
    [
        Element([0x2195_0b42_1ff6_acd3, 0xffe7_0484_53dc_6909, 0xff4c_d0b2_2876_6127, 0xabdb_e608_4fb7_db2b]),
        Element([0x837c_9228_5e11_09e8, 0x2614_7d27_f464_5b5a, 0x4d78_f592_f781_8ed8, 0xd394_077e_f247_fa36]),
    ],
    [
        Element([0x508c_ec1c_3b3f_64c9, 0xe20b_c0ba_1e5e_df3f, 0xda1d_eb85_2f43_18d4, 0xd20e_be0d_5c3f_a443]),
        Element([0x370b_4ea7_7324_1ea3, 0x61f1_511c_5e1a_5f65, 0x99a5_e23d_8268_1c62, 0xd731_e383_a2f5_4c2d]),
    ],
    [
        Element([0x9735_9638_546c_4d8d, 0x5f9c_3fc4_92f2_4679, 0x912e_8bed_a8c8_acd9, 0xec3a_318d_3066_34b0]),
        Element([0x8016_7f41_c31c_b264, 0x3db8_2f6f_5221_13f2, 0xb155_bcd2_dcaf_e197, 0xfba1_da59_4346_5283]),
    ],
    [
        Element([0x258b_bbf9_e730_5683, 0x31ee_a5bf_07ef_5be6, 0x0deb_0e4a_46c8_14c1, 0x5cee_8449_a7b7_30dd]),
        Element([0xeab4_95c5_a018_2bde, 0xee75_9f87_9e27_a6b4, 0xc2cf_6a68_80e5_18ca, 0x25e8_013f_f14c_f3f4]),
    ],
    [
        Element([0x3ec8_32e7_7aca_ca28, 0x1bfe_ea57_c738_5b29, 0x0682_12e3_fd1e_af38, 0xc132_9830_6acf_8ccc]),
        Element([0xb909_f2db_2aac_9e59, 0x5748_060d_b661_782a, 0xc5ab_2632_c79b_7a01, 0xda44_c6c6_0001_7626]),
    ],
    [
        Element([0x69d4_4ed6_5c46_aa8e, 0x2100_d5d3_a8d0_63d1, 0xcb97_27ea_a2d1_7c36, 0x4c2b_ab1b_8add_53b7]),
        Element([0xa084_e90c_1542_6704, 0x778a_fcd3_a837_ebea, 0x6651_f701_7ce4_77f8, 0xa062_4998_46fb_7a8b]),
    ],
    [
        Element([0x3667_eb1a_7f4c_04cc, 0x5955_6621_a940_4f84, 0x71cd_f653_7ece_b50a, 0x994a_44a6_9b83_35fa]),
        Element([0xd7fa_f819_dbeb_9b69, 0x473c_5680_eed4_350d, 0xb665_8466_da44_bba2, 0x0d1b_c780_872b_dbf3]),
    ],
    [
        Element([0xb8d3_d931_9ff9_1fe5, 0x039c_4800_f051_8eed, 0x95c3_7632_9182_cb26, 0x0763_a434_82fc_568d]),
        Element([0x707c_04d5_383e_76ba, 0xac98_b930_824e_8197, 0x92bf_7c8f_9123_0de0, 0x9087_6a01_4095_9b70]),
    ],
    [
        Element([0xdc23_06eb_fcdb_b2b2, 0x7952_7db7_ba66_f4b9, 0xbf63_9ed6_7765_765e, 0x0162_8c47_06b6_090a]),
        Element([0x66eb_62f1_b957_b4a1, 0x33cb_7691_ba65_9f46, 0x2c90_d98c_f3e0_55d6, 0x7d09_6ac4_2f17_4750]),
    ],
    [
        Element([0x86f0_4d3b_51f9_c391, 0xc16d_0c52_a48a_4ddd, 0xfc88_362a_891e_a186, 0xe821_8ad0_7de9_6a54]),
        Element([0x2c73_5ac1_2f33_af7a, 0x05af_456a_0662_0ae8, 0xde3e_c728_c30a_96a0, 0xfd59_d7eb_9a8f_62d9]),
    ],
    [
        Element([0x9e5d_a11c_c5e7_9347, 0x8798_6a54_361b_fe25, 0xc856_8688_91e9_ae09, 0x49d3_ad05_548e_fa2a]),
        Element([0x987b_0687_f4eb_5cf6, 0x9bea_0d0f_2655_d14f, 0x2126_ac55_3a8d_d126, 0x6d37_b1fa_546f_becc]),
    ],
    [
        Element([0xf19f_382e_92aa_7864, 0x49c7_cb94_fc05_804b, 0xf94a_a89b_4075_0d01, 0xdd42_1b5d_4a21_0364]),
        Element([0x56cd_001e_39df_3672, 0x030a_119f_dd4a_f1ec, 0x11f9_47e6_96cd_0572, 0x574c_c7b2_9378_6791]),
    ],
    [
        Element([0xae8f_8fe1_eeb0_3d1a, 0x2b34_a7dc_096f_b852, 0x7949_22ef_17e2_9b1a, 0xb2da_cdf6_6ef8_2fce]),
        Element([0xdb8d_cc81_f429_11ee, 0xb871_ba63_e405_ca09, 0xa66d_9252_5e82_d5b3, 0xc397_2552_1af8_2878]),
    ],
    [
        Element([0x616d_2c02_fb76_0095, 0xcfa8_ca0e_2a7a_a6ab, 0xf123_7162_23af_72e0, 0xa22f_8fbe_a42f_d1f6]),
        Element([0x5072_758b_78f3_d040, 0x7be1_9f0d_ed44_37a8, 0xe798_07a7_7045_6a7e, 0x24a1_bde1_d0c2_302d]),
    ],
    [
        Element([0x0a21_93bf_c266_f85c, 0x719a_87be_5a0e_c9ce, 0x9c30_c642_2b2f_9c49, 0xdb15_e496_3d5b_aeb1]),
        Element([0x83c3_139b_e0d3_7321, 0x4788_522b_2e9f_dbb2, 0x2b4f_0c78_77eb_94ea, 0x854d_c9d5_9510_5f9e]),
    ],
    [
        Element([0xa402_06d3_30ff_0e92, 0xdd30_6e2a_0517_6f8b, 0x58f6_4281_65f8_9e14, 0x5ed5_56aa_e893_27fc]),
        Element([0xc2b1_870a_f832_1bb8, 0x097a_54ff_9922_7b16, 0xd073_70c4_5012_8375, 0xb75d_f5ec_191a_421f]),
    ],
    [
        Element([0xd3a5_d81f_c63d_5e79, 0x8e9d_0af4_02ba_3183, 0xb097_c711_165c_6e4c, 0xe0be_eb1a_ebff_18d3]),
        Element([0xfe65_7f13_0801_937b, 0xa02d_bc42_6fe5_b29d, 0xcbdb_fdb9_cf29_0d1f, 0x7acf_4419_e85b_c145]),
    ],
    [
        Element([0x2c9e_e62d_c336_3a22, 0x125d_4714_ec67_199a, 0xf87a_bebf_2ab8_0485, 0xcf30_86e8_7a24_3ca4]),
        Element([0x5c52_b051_c64e_09dd, 0x5e9b_1612_5625_aad7, 0x0536_a39d_b19c_6126, 0x97f0_0132_47b6_4be5]),
    ],
    [
        Element([0x3646_b0dd_7e1e_e314, 0xef61_7e00_25af_7677, 0x36bf_2f65_ea65_641a, 0xabfc_8457_b5e1_1eff]),
        Element([0x998d_fac1_8f11_92b6, 0xce91_ee27_0142_811b, 0xbb00_66ae_1f28_2369, 0x1597_51e2_e1cb_aebe]),
    ],
    [
        Element([0x5163_29ff_7b4d_8b2c, 0xb856_664a_2d4b_409b, 0x0412_5299_7f6b_0670, 0x2bd0_2043_6082_6caa]),
        Element([0x010e_5226_61dd_bcb1, 0xcd07_bc34_c235_d56c, 0xa8f4_39ab_06e5_8e3e, 0xaf49_0825_d5cf_f157]),
    ],
    [
        Element([0xc1ee_6264_a7ea_be67, 0x62d5_1e29_fd54_487d, 0x3ea1_2344_6310_eb5a, 0xbd88_aca7_4765_b805]),
        Element([0xb7b2_84be_14fb_691a, 0x6403_88f8_3b9f_ffef, 0x7ab4_9dd2_09f9_8f9a, 0x7150_f87e_7211_e445]),
    ],
    [
        Element([0xd81a_d938_6982_f865, 0x2711_3bb4_ae6a_94b8, 0x4a39_f02b_bedd_4f47, 0x0211_de8f_d569_2705]),
        Element([0xd587_138c_63c9_2f69, 0x2354_719f_6237_fc68, 0xfa8a_5b9b_0b46_a59f, 0x4a70_abf7_5c55_4ed3]),
    ],
    [
        Element([0x64cf_dc70_d945_3d29, 0x0aea_ca9a_fd36_b1af, 0x4a27_8686_e163_9607, 0x0581_b471_1fdf_2498]),
        Element([0x8229_0e25_3d61_f6d2, 0x20b0_21c3_df21_9dc5, 0xff6c_1a78_f9a2_852f, 0x435a_c466_954f_fbb3]),
    ],
    [
        Element([0x263e_039b_b308_cc40, 0x6684_ad76_2b34_6fd2, 0x9a12_7f2b_caa1_2d0d, 0x76a8_f9fe_a974_291f]),
        Element([0xc802_049b_68aa_19e4, 0x6549_9c99_0c5d_bba0, 0xee1b_1cb5_3444_55a1, 0x3f29_3fda_2cd6_f439]),
    ],
    [
        Element([0xdc90_323b_afce_b64d, 0xda8c_db78_397e_43f4, 0xee84_8e1d_2566_805e, 0xf1ae_5380_5781_81c7]),
        Element([0x2dc7_b8e6_9c70_c77c, 0x85f4_d9c4_5b68_b7e7, 0x8457_7f1f_3260_b767, 0x1fbd_470f_53cf_3e69]),
    ],
    [
        Element([0x2d03_7bf8_3f94_32b4, 0xb1f1_abb6_6a7b_4371, 0x6505_22fd_4a9a_3b17, 0xbc43_8ae1_a4e6_5b07]),
        Element([0x31b5_7ea2_8469_3c04, 0x7ab5_8a3f_7550_3e46, 0x03a3_c2c7_b98f_f4b3, 0x4a67_3fe0_54fc_d65a]),
    ],
    [
        Element([0xb7a9_6e0a_4ea6_fdf7, 0xbbe9_14d3_b99c_d026, 0x6a61_0374_c569_a602, 0xe9b1_c239_14da_499e]),
        Element([0xb5f6_f0fe_adc1_9a99, 0x7312_5182_6f21_687c, 0x5a8a_1464_4be7_7793, 0x94ce_9e0a_dba8_bfc7]),
    ],
    [
        Element([0x564b_dda6_c71f_8d02, 0xd0a8_75e9_19f7_f72c, 0x5767_0e41_bf61_9241, 0xf51e_c872_4c3c_386f]),
        Element([0x00ae_c19e_e8bf_7d17, 0x5df7_9360_2861_66f3, 0xa6fa_e609_30a4_f924, 0x1429_b1f8_ae1d_3ed8]),
    ],
    [
        Element([0xde6d_dcb7_7b37_1390, 0xcb11_125c_02a9_ba44, 0xc08e_c160_2b1d_28fd, 0x680d_5abf_65e0_3a86]),
        Element([0xd5ec_7bbb_f532_7839, 0xc870_57ca_3bce_7fe5, 0x4e34_6db0_71cb_fc97, 0xd3d6_d111_ee9e_512f]),
    ],
    [
        Element([0x2ca0_ba9c_3796_f4c7, 0x3571_e4d1_592c_e334, 0x28f9_cdeb_e9f6_e877, 0xee20_6023_efce_1a70]),
        Element([0xb215_9e08_b763_69dc, 0x2754_e426_0a7f_687c, 0xe008_039e_02de_2ff1, 0xccd7_e941_8ea7_00c1]),
    ],
    [
        Element([0xaec6_3acb_dd10_edd0, 0xfd4f_61e4_91ae_8d13, 0xe7b0_9217_4df8_61f4, 0x3720_b247_5548_de20]),
        Element([0xaf41_9847_ebf3_df78, 0xe722_9d89_56cd_660d, 0x0cd6_22ba_eb87_9899, 0x5fda_ee39_1cab_12c7]),
    ],
    [
        Element([0xd87f_4ae0_8665_3aa8, 0x327d_ac31_8072_f08d, 0x098f_37bb_0832_c416, 0x0cf8_04d7_7a9b_6a20]),
        Element([0x4b9c_5438_a67e_2173, 0x1cc0_d4ce_a23a_fa67, 0x270a_dcc5_7148_b135, 0xf9af_0acd_904d_4731]),
    ],
    [
        Element([0xa125_e6c1_b7eb_cb88, 0x3289_e86e_10ec_0d40, 0xcc3a_5ecb_9835_3869, 0x734e_0d07_8a2b_0d3a]),
        Element([0xe0d9_2e9a_5193_3360, 0xfa6b_cdb1_7860_76b9, 0xd13c_ca90_747f_19ec, 0x61d8_209d_49f3_a53d]),
    ],
    [
        Element([0xad19_e039_119f_6cab, 0xf15b_920f_a8df_ce56, 0x8a26_27c4_851b_5bc7, 0x7c3f_f661_d8ec_ca6e]),
        Element([0xb9dd_2bf2_d5f5_b5bf, 0x56b7_6c57_baa4_3b27, 0xdc8d_f855_fe2f_4937, 0xe95d_d9d8_8898_21b2]),
    ],
    [
        Element([0x08e4_c490_1b62_0dc4, 0x55a3_bb1a_d969_9e92, 0x7890_e8d5_4796_8833, 0xbbdb_ec7d_79af_29b1]),
        Element([0x9275_0de7_3e51_e1bc, 0x50cf_6d11_ad91_a350, 0x9dc3_3392_fa67_285c, 0x2cdf_7f85_4480_ffe3]),
    ],
    [
        Element([0x87af_199e_6cc4_7305, 0x062a_fb7c_1e31_4dde, 0x2be2_2ba0_f3a4_9fb4, 0x6ed0_b988_157b_7f56]),
        Element([0x8162_cf50_2d65_3fd9, 0x17d2_9c64_877b_7497, 0xd7e8_1438_0f67_b514, 0xfedf_1014_fe6e_e703]),
    ],
    [
        Element([0x14d7_251a_8c03_e3f4, 0xd716_02d5_b0e5_fe20, 0x27d2_bf4f_683b_30d1, 0xe1a8_d418_f77f_10e1]),
        Element([0xa494_1a1e_76a0_ead7, 0xff31_8484_da0a_4996, 0xaaf4_d4e1_9339_4872, 0xae83_9cd8_0e99_505c]),
    ],
    [
        Element([0x62ea_8598_03b5_8b02, 0x5a71_4971_98a5_ea8c, 0x1783_d1b6_917e_4725, 0x2d7c_a4d8_f1e3_5487]),
        Element([0x3f69_b4d4_9b4d_4324, 0xda04_cc89_8e17_ff54, 0x5870_726c_16e3_e02a, 0xaeb9_041c_69e7_88c5]),
    ],
    [
        Element([0xaab5_4cfc_9374_0130, 0xf72d_ab6d_2257_33fa, 0x04b7_6d2d_1ed3_2559, 0xa9fe_2396_bb85_b9cb]),
        Element([0x128b_0d24_bf22_19f0, 0x2292_393b_579f_3ce2, 0x51dc_5fac_145f_f0d5, 0xb16d_6af8_c3fe_bbc1]),
    ],
    [
        Element([0x36e8_4bb6_dee3_5b41, 0x70e9_016c_dddf_d928, 0x6072_a061_ae61_9f28, 0x15fe_6a86_904a_36cf]),
        Element([0x9ab6_968b_f600_5965, 0xfd1c_4a97_0ad6_02d0, 0xd0a8_8792_44f4_03f2, 0x7675_9223_abe3_c14b]),
    ],
];
