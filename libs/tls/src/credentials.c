/* SPDX-License-Identifier: MIT */
/*
 * The caller's certificates and key, from PEM or DER. Mbed TLS wants PEM to end in a zero byte
 * that is counted; where the caller's does not, a copy does, which is wiped before it is released.
 */
#include "connection.h"
#include "platform.h"

#include <string.h>

#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>

struct blob {
    const unsigned char *data;
    size_t size;
    unsigned char *copy; /* to be wiped and released, or NULL */
};

static bool is_pem(const struct tls_bytes *bytes)
{
    static const char mark[] = "-----BEGIN";
    const char *text = bytes->data;

    for (size_t i = 0; i + sizeof mark - 1 <= bytes->size; i++)
        if (memcmp(text + i, mark, sizeof mark - 1) == 0)
            return true;
    return false;
}

static bool blob_open(struct blob *blob, const struct tls_bytes *bytes)
{
    const unsigned char *data = bytes->data;

    *blob = (struct blob){data, bytes->size, NULL};
    if (bytes->size == 0 || !is_pem(bytes) || data[bytes->size - 1] == 0)
        return true;
    blob->copy = tls_platform_allocate(1, bytes->size + 1);
    if (blob->copy == NULL)
        return false;
    memcpy(blob->copy, data, bytes->size);
    blob->data = blob->copy;
    blob->size = bytes->size + 1;
    return true;
}

static void blob_close(struct blob *blob)
{
    if (blob->copy == NULL)
        return;
    mbedtls_platform_zeroize(blob->copy, blob->size);
    tls_platform_release(blob->copy);
}

static bool load_certificates(mbedtls_x509_crt *list, const struct tls_bytes *bytes)
{
    struct blob blob;
    bool loaded = false;

    if (bytes->data != NULL && blob_open(&blob, bytes)) {
        loaded = mbedtls_x509_crt_parse(list, blob.data, blob.size) == 0;
        blob_close(&blob);
    }
    return loaded;
}

static bool load_key(mbedtls_pk_context *key, const struct tls_bytes *bytes)
{
    struct blob blob;
    bool loaded = false;

    if (bytes->data != NULL && blob_open(&blob, bytes)) {
        loaded = mbedtls_pk_parse_key(key, blob.data, blob.size, NULL, 0, mbedtls_psa_get_random,
                                      MBEDTLS_PSA_RANDOM_STATE) == 0;
        blob_close(&blob);
    }
    return loaded;
}

static enum tls_result load_own(struct tls_connection *connection)
{
    const struct tls_settings *settings = connection->settings;

    if (!load_certificates(&connection->certificate, &settings->certificate))
        return TLS_BAD_CERTIFICATE;
    if (!load_key(&connection->key, &settings->key))
        return TLS_BAD_KEY;
    if (mbedtls_pk_check_pair(&connection->certificate.pk, &connection->key, mbedtls_psa_get_random,
                              MBEDTLS_PSA_RANDOM_STATE) != 0)
        return TLS_KEY_MISMATCH;
    connection->has_certificate = true;
    if (mbedtls_ssl_conf_own_cert(&connection->config, &connection->certificate,
                                  &connection->key) != 0)
        return TLS_NO_MEMORY;
    return TLS_OK;
}

enum tls_result tls_load_credentials(struct tls_connection *connection)
{
    const struct tls_settings *settings = connection->settings;

    if (!load_certificates(&connection->ca, &settings->ca))
        return TLS_BAD_CA;
    mbedtls_ssl_conf_ca_chain(&connection->config, &connection->ca, NULL);
    if (settings->certificate.size == 0 && settings->key.size == 0)
        return TLS_OK;
    return load_own(connection);
}
