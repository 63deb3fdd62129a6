/* SPDX-License-Identifier: MIT */
/*
 * What of Mbed TLS is built: a TLS client with certificates, nothing else. No files, no sockets, no
 * servers, no pre-shared keys, no renegotiation, no suite without forward secrecy and
 * authenticated encryption. Time, entropy, memory and locks come from platform.c.
 *
 * Max-fragment-length stays out: with it, 3.6.6 fails TLS 1.3 against OpenSSL.
 * The options come first; a board changes them with its own tls_config.h.
 */
#pragma once

#if defined(__has_include)
#if __has_include("tls_config.h")
#include "tls_config.h"
#endif
#endif

#ifndef TLS_VERSION_1_2
#define TLS_VERSION_1_2 1
#endif
#ifndef TLS_VERSION_1_3
#define TLS_VERSION_1_3 1
#endif
#ifndef TLS_SMALL
#define TLS_SMALL 0 /* small rather than fast: P-256, SHA-256 and AES-GCM only, by p256-m */
#endif
#ifndef TLS_RSA
#define TLS_RSA (!TLS_SMALL) /* servers and certificates with RSA keys */
#endif
#ifndef TLS_SHA384
#define TLS_SHA384 (!TLS_SMALL) /* suites and signatures with SHA-384 and SHA-512 */
#endif
#ifndef TLS_P384
#define TLS_P384 TLS_SHA384
#endif
#ifndef TLS_CHACHA20
#define TLS_CHACHA20 (!TLS_SMALL)
#endif
#ifndef TLS_PEM
#define TLS_PEM 1 /* certificates and keys as PEM, not only as DER */
#endif
#ifndef TLS_THREADS
#define TLS_THREADS 1 /* several tasks may hold connections (tls_platform.lock) */
#endif
#ifndef TLS_RECORD_IN
#define TLS_RECORD_IN 16384 /* less only for servers that are known to send less */
#endif
#ifndef TLS_RECORD_OUT
#define TLS_RECORD_OUT 4096
#endif

#if TLS_SMALL && (TLS_RSA || TLS_SHA384 || TLS_P384 || TLS_CHACHA20)
#error "TLS_SMALL has P-256, SHA-256 and AES-GCM only: leave the others out, or TLS_SMALL"
#endif
#if TLS_P384 && !TLS_SHA384
#error "TLS_P384 needs TLS_SHA384"
#endif

/* Protocol */
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_ALPN
#define MBEDTLS_SSL_SERVER_NAME_INDICATION
#define MBEDTLS_SSL_ALL_ALERT_MESSAGES
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE
#define MBEDTLS_SSL_IN_CONTENT_LEN  TLS_RECORD_IN
#define MBEDTLS_SSL_OUT_CONTENT_LEN TLS_RECORD_OUT

#if TLS_VERSION_1_2
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#if TLS_RSA
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#endif
#endif

#if TLS_VERSION_1_3
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED
#endif

/* Certificates and keys */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_PK_WRITE_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_OID_C
#if TLS_PEM
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_BASE64_C
#endif

/* Cryptography */
#if TLS_SMALL
#define MBEDTLS_USE_PSA_CRYPTO
#define MBEDTLS_PSA_CRYPTO_CONFIG
#define MBEDTLS_PSA_CRYPTO_CONFIG_FILE "psa_small_config.h"
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED
#define MBEDTLS_PSA_KEY_SLOT_COUNT 8
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_AES_ONLY_128_BIT_KEY_LENGTH
#define MBEDTLS_CTR_DRBG_USE_128_BIT_KEY
#define MBEDTLS_SHA256_SMALLER
#define MBEDTLS_SSL_CIPHERSUITES                                                                   \
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
#else
#define MBEDTLS_CIPHER_C
#define MBEDTLS_HKDF_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_PK_PARSE_EC_COMPRESSED
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_WINDOW_SIZE       6
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 1
#endif
#if TLS_P384
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#endif
#if TLS_RSA
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#endif
#define MBEDTLS_AES_C
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT /* no mode that is built needs it */
#define MBEDTLS_GCM_C
#if TLS_CHACHA20
#define MBEDTLS_CHACHA20_C
#define MBEDTLS_POLY1305_C
#define MBEDTLS_CHACHAPOLY_C
#endif
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#if TLS_SHA384
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C
#endif
#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS /* nobody else can write to a caller's memory */
#define MBEDTLS_HAVE_ASM
#if defined(__x86_64__)
#define MBEDTLS_AESNI_C
#endif

/* Randomness: one generator, seeded from tls_platform.entropy alone */
#define MBEDTLS_CTR_DRBG_C
#define MBEDTLS_ENTROPY_C
#define MBEDTLS_ENTROPY_HARDWARE_ALT
#define MBEDTLS_NO_PLATFORM_ENTROPY

/* Platform */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_HAVE_TIME
#define MBEDTLS_HAVE_TIME_DATE
#define MBEDTLS_PLATFORM_TIME_TYPE_MACRO int64_t /* past 2038 on every target */
#define MBEDTLS_PLATFORM_TIME_MACRO      tls_platform_time
#define MBEDTLS_PLATFORM_MS_TIME_ALT
#define MBEDTLS_PLATFORM_GMTIME_R_ALT
#define MBEDTLS_ERROR_STRERROR_DUMMY
#if TLS_THREADS
#define MBEDTLS_THREADING_C
#define MBEDTLS_THREADING_ALT
#endif

/* In platform.c: seconds since 1970 by tls_platform.clock; also stored where `seconds` points,
 * unless that is NULL. */
#include <stdint.h>
int64_t tls_platform_time(int64_t *seconds);
