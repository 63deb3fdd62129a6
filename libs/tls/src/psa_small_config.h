/* SPDX-License-Identifier: MIT */
/*
 * With TLS_SMALL: which mechanisms PSA offers to TLS, X.509 and keys; Mbed TLS reads it in place of its
 * own psa/crypto_config.h. P-256 comes from p256-m, which knows no other curve and no signature but the
 * randomised one; what else were asked for here would bring the large implementation back.
 */
#pragma once

#define PSA_WANT_KEY_TYPE_AES      1
#define PSA_WANT_ALG_GCM           1

#define PSA_WANT_ALG_SHA_256       1
#define PSA_WANT_ALG_HMAC          1
#define PSA_WANT_KEY_TYPE_HMAC     1
#define PSA_WANT_KEY_TYPE_DERIVE   1
#define PSA_WANT_KEY_TYPE_RAW_DATA 1
#if TLS_VERSION_1_3
#define PSA_WANT_ALG_HKDF_EXTRACT 1
#define PSA_WANT_ALG_HKDF_EXPAND  1
#endif
#if TLS_VERSION_1_2
#define PSA_WANT_ALG_TLS12_PRF 1
#endif

#define PSA_WANT_ECC_SECP_R1_256                1
#define PSA_WANT_ALG_ECDH                       1
#define PSA_WANT_ALG_ECDSA                      1
#define PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY        1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC    1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT   1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT   1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE 1
