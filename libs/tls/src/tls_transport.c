/* SPDX-License-Identifier: MIT */
/*
 * The handshake and the stream.
 *
 * Bytes go through lower_send and lower_recv, which turn the transport's "nothing in time" into
 * Mbed TLS's "want". A record that the lower transport did not take whole stays in Mbed TLS's
 * buffer; its bytes count as taken, and nothing else is sent before it is gone.
 */
#include "tls_transport.h"

#include <string.h>

#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>

#include "connection.h"
#include "platform.h"

#define DEFAULT_HANDSHAKE_TIMEOUT_MS 30000u

static void progress(const struct tls_connection *connection)
{
    if (connection->settings != NULL && connection->settings->progress != NULL)
        connection->settings->progress(connection->settings->progress_context);
}

/* While the handshake runs, a failure to send is not yet one: the server may have said why before
 * it hung up, and the next read brings that, or the end. */
static int lower_send(void *context, const unsigned char *bytes, size_t size)
{
    struct tls_connection *connection = context;
    size_t limited = size <= INT32_MAX ? size : INT32_MAX;
    int32_t sent = -1;

    if (!connection->lower_failed)
        sent = connection->lower.send(connection->lower.pNetworkContext, bytes, limited);
    if (sent > 0)
        return (int)sent;
    if (sent == 0)
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    connection->lower_failed = true;
    return connection->established ? MBEDTLS_ERR_SSL_CONN_EOF : (int)limited;
}

static void note_first_bytes(struct tls_connection *connection, const unsigned char *bytes,
                             size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (connection->received + i < sizeof connection->first_bytes)
            connection->first_bytes[connection->received + i] = bytes[i];
    connection->received += size;
}

static int lower_recv(void *context, unsigned char *bytes, size_t size)
{
    struct tls_connection *connection = context;
    size_t limited = size <= INT32_MAX ? size : INT32_MAX;
    int32_t received = connection->lower.recv(connection->lower.pNetworkContext, bytes, limited);

    if (received == 0 && !connection->lower_failed)
        return MBEDTLS_ERR_SSL_WANT_READ;
    if (received <= 0)
        return MBEDTLS_ERR_SSL_CONN_EOF;
    note_first_bytes(connection, bytes, (size_t)received);
    progress(connection);
    return (int)received;
}

static bool is_complete(const struct tls_settings *settings)
{
    return tls_platform_ready() && settings->lower.send != NULL && settings->lower.recv != NULL &&
           settings->server_name != NULL && settings->server_name[0] != '\0' &&
           (settings->certificate.size == 0) == (settings->key.size == 0);
}

static bool choose_versions(struct tls_connection *connection)
{
    static const struct {
        mbedtls_ssl_protocol_version least, most;
    } ranges[] = {
        [TLS_VERSIONS_ALL] = {MBEDTLS_SSL_VERSION_TLS1_2, MBEDTLS_SSL_VERSION_TLS1_3},
        [TLS_VERSIONS_1_2_ONLY] = {MBEDTLS_SSL_VERSION_TLS1_2, MBEDTLS_SSL_VERSION_TLS1_2},
        [TLS_VERSIONS_1_3_ONLY] = {MBEDTLS_SSL_VERSION_TLS1_3, MBEDTLS_SSL_VERSION_TLS1_3},
    };
    unsigned choice = connection->settings->versions;

    if (choice >= sizeof ranges / sizeof ranges[0])
        return false;
    if (choice == TLS_VERSIONS_ALL) /* of those that are compiled in */
        return true;
    mbedtls_ssl_conf_min_tls_version(&connection->config, ranges[choice].least);
    mbedtls_ssl_conf_max_tls_version(&connection->config, ranges[choice].most);
    return true;
}

static bool offer_protocols(struct tls_connection *connection)
{
    const char *const *names = connection->settings->alpn;
    size_t count = 0;

    if (names == NULL || names[0] == NULL)
        return true;
    while (names[count] != NULL) {
        if (count + 1 == sizeof connection->alpn / sizeof connection->alpn[0])
            return false;
        connection->alpn[count] = names[count];
        count++;
    }
    return mbedtls_ssl_conf_alpn_protocols(&connection->config, connection->alpn) == 0;
}

static enum tls_result configure(struct tls_connection *connection)
{
    mbedtls_ssl_config *config = &connection->config;
    enum tls_result result;
    int64_t now;

    if (!tls_platform_clock(&now))
        return TLS_CLOCK_UNKNOWN;
    if (mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0)
        return TLS_NO_MEMORY;
    mbedtls_ssl_conf_rng(config, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
    mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_verify(config, tls_note_certificate, connection);
    if (!choose_versions(connection) || !offer_protocols(connection))
        return TLS_MISUSE;
    result = tls_load_credentials(connection);
    if (result != TLS_OK)
        return result;
    if (mbedtls_ssl_set_hostname(&connection->ssl, connection->settings->server_name) != 0)
        return tls_platform_memory_failed() ? TLS_NO_MEMORY : TLS_MISUSE;
    if (mbedtls_ssl_setup(&connection->ssl, config) != 0)
        return TLS_NO_MEMORY;
    mbedtls_ssl_set_bio(&connection->ssl, connection, lower_send, lower_recv, NULL);
    return TLS_OK;
}

/* Makes the handshake's steps until it is over. */
static bool shake_hands(struct tls_connection *connection)
{
    uint32_t timeout = connection->settings->handshake_timeout_ms;
    uint64_t start = tls_platform_uptime_ms();
    int error = 0;

    if (timeout == 0)
        timeout = DEFAULT_HANDSHAKE_TIMEOUT_MS;
    while (!mbedtls_ssl_is_handshake_over(&connection->ssl)) {
        error = mbedtls_ssl_handshake_step(&connection->ssl);
        if (error == 0)
            progress(connection);
        else if (error != MBEDTLS_ERR_SSL_WANT_READ && error != MBEDTLS_ERR_SSL_WANT_WRITE)
            break;
        if (tls_platform_uptime_ms() - start >= timeout) {
            tls_report_result(connection, TLS_TIMEOUT);
            return false;
        }
        error = 0;
    }
    if (error != 0)
        tls_report_error(connection, error);
    return error == 0;
}

static struct tls_connection *create(const struct tls_settings *settings, struct tls_report *report)
{
    struct tls_connection *connection = tls_platform_allocate(1, sizeof *connection);

    if (connection == NULL)
        return NULL;
    mbedtls_ssl_init(&connection->ssl);
    mbedtls_ssl_config_init(&connection->config);
    mbedtls_x509_crt_init(&connection->ca);
    mbedtls_x509_crt_init(&connection->certificate);
    mbedtls_pk_init(&connection->key);
    connection->lower = settings->lower;
    connection->settings = settings;
    connection->report = report;
    return connection;
}

static void destroy(struct tls_connection *connection)
{
    mbedtls_ssl_free(&connection->ssl);
    mbedtls_ssl_config_free(&connection->config);
    mbedtls_x509_crt_free(&connection->ca);
    mbedtls_x509_crt_free(&connection->certificate);
    mbedtls_pk_free(&connection->key);
    mbedtls_platform_zeroize(connection, sizeof *connection);
    tls_platform_release(connection);
}

/* Sending failed with `error`. The reason may lie unread: with TLS 1.3 a server that refuses the
 * device's certificate says so after the handshake. Data before it is skipped, the stream is lost
 * anyway. */
static int reason_of_failed_send(struct tls_connection *connection, int error)
{
    unsigned char skipped[32];
    int result;

    do
        result = mbedtls_ssl_read(&connection->ssl, skipped, sizeof skipped);
    while (result > 0);
    return result == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE ? result : error;
}

static bool establish(struct tls_connection *connection)
{
    enum tls_result result = configure(connection);

    if (result != TLS_OK) {
        tls_report_result(connection, tls_platform_memory_failed() ? TLS_NO_MEMORY : result);
        return false;
    }
    if (!shake_hands(connection))
        return false;
    if (connection->lower_failed) { /* with the last message, which nobody had to answer */
        int error = reason_of_failed_send(connection, MBEDTLS_ERR_SSL_CONN_EOF);
        tls_report_error(connection, error);
        return false;
    }
    connection->established = true;
    connection->settings = NULL;
    return true;
}

struct tls_connection *tls_connect(const struct tls_settings *settings, struct tls_report *report)
{
    struct tls_connection *connection;

    *report = (struct tls_report){.result = TLS_OK};
    if (!is_complete(settings)) {
        tls_report_plain(report, TLS_MISUSE);
        return NULL;
    }
    tls_platform_forget_failures();
    connection = create(settings, report);
    if (connection == NULL) {
        tls_report_plain(report, TLS_NO_MEMORY);
        return NULL;
    }
    if (!establish(connection)) {
        destroy(connection);
        return NULL;
    }
    return connection;
}

static int32_t break_off(struct tls_connection *connection, int error)
{
    connection->broken = true;
    tls_report_error(connection, error);
    return -(int32_t)connection->report->result;
}

static bool has_unsent(const struct tls_connection *connection)
{
    return connection->ssl.MBEDTLS_PRIVATE(out_left) != 0;
}

/* Sends the rest of the last record. While there is one, mbedtls_ssl_write looks at nothing but
 * the length it is to return. */
static int flush(struct tls_connection *connection)
{
    static const unsigned char unread[1];
    int result = 0;

    while (result >= 0 && has_unsent(connection))
        result = mbedtls_ssl_write(&connection->ssl, unread, sizeof unread);
    return result < 0 ? result : 0;
}

static int32_t tls_recv(NetworkContext_t *context, void *buffer, size_t size)
{
    struct tls_connection *connection = (struct tls_connection *)context;
    int result;

    if (connection->broken)
        return -(int32_t)connection->report->result;
    tls_platform_forget_failures();
    result = flush(connection); /* whether it could or not, there may be something to read */
    result = mbedtls_ssl_read(&connection->ssl, buffer, size <= INT32_MAX ? size : INT32_MAX);
    if (result > 0) {
        connection->has_read = true;
        return (int32_t)result;
    }
    if (result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE)
        return 0;
    return break_off(connection, result == 0 ? MBEDTLS_ERR_SSL_CONN_EOF : result);
}

static int32_t tls_send(NetworkContext_t *context, const void *buffer, size_t size)
{
    struct tls_connection *connection = (struct tls_connection *)context;
    size_t limited = size;
    int result, most;

    if (connection->broken)
        return -(int32_t)connection->report->result;
    if (size == 0)
        return 0;
    tls_platform_forget_failures();
    most = mbedtls_ssl_get_max_out_record_payload(&connection->ssl);
    if (most > 0 && limited > (size_t)most)
        limited = (size_t)most;
    result = flush(connection);
    if (result == MBEDTLS_ERR_SSL_WANT_WRITE)
        return 0;
    if (result == 0)
        result = mbedtls_ssl_write(&connection->ssl, buffer, limited);
    if (result == MBEDTLS_ERR_SSL_WANT_WRITE)
        return (int32_t)limited; /* in the record that is on its way */
    if (result < 0)
        return break_off(connection, reason_of_failed_send(connection, result));
    return (int32_t)result;
}

/* Copies as much as fits of the pieces from *piece and *offset on. */
static size_t gather(struct tls_connection *connection, const TransportOutVector_t *vectors,
                     size_t count, size_t piece, size_t offset)
{
    size_t used = 0;

    for (; piece < count && used < TLS_GATHER_SIZE; piece++, offset = 0) {
        size_t rest = vectors[piece].iov_len - offset;
        size_t room = TLS_GATHER_SIZE - used;
        size_t part = rest < room ? rest : room;
        if (part != 0)
            memcpy(connection->gather + used, (const uint8_t *)vectors[piece].iov_base + offset,
                   part);
        used += part;
    }
    return used;
}

/* Small pieces share a record, a large one is sent from where it lies. */
static int32_t tls_writev(NetworkContext_t *context, TransportOutVector_t *vectors, size_t count)
{
    struct tls_connection *connection = (struct tls_connection *)context;
    size_t piece = 0, offset = 0, total = 0;

    while (piece < count) {
        size_t rest = vectors[piece].iov_len - offset;
        const uint8_t *bytes = (const uint8_t *)vectors[piece].iov_base + offset;
        int32_t sent;

        if (rest < TLS_GATHER_SIZE) {
            rest = gather(connection, vectors, count, piece, offset);
            bytes = connection->gather;
        }
        sent = tls_send(context, bytes, rest);
        if (sent < 0)
            return sent;
        if (sent == 0 && rest != 0)
            break;
        total += (size_t)sent;
        offset += (size_t)sent;
        while (piece < count && offset >= vectors[piece].iov_len)
            offset -= vectors[piece++].iov_len;
    }
    return (int32_t)total;
}

TransportInterface_t tls_transport(struct tls_connection *connection)
{
    return (TransportInterface_t){tls_recv, tls_send, tls_writev, (NetworkContext_t *)connection};
}

void tls_close(struct tls_connection *connection)
{
    if (connection == NULL)
        return;
    if (!connection->broken && !connection->lower_failed && flush(connection) == 0)
        (void)mbedtls_ssl_close_notify(&connection->ssl); /* good manners, not an obligation */
    destroy(connection);
}

const char *tls_version(const struct tls_connection *connection)
{
    return mbedtls_ssl_get_version(&connection->ssl);
}

const char *tls_cipher(const struct tls_connection *connection)
{
    return mbedtls_ssl_get_ciphersuite(&connection->ssl);
}

const char *tls_alpn(const struct tls_connection *connection)
{
    return mbedtls_ssl_get_alpn_protocol(&connection->ssl);
}
