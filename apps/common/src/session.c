/* SPDX-License-Identifier: MIT */
/*
 * The session: connecting in steps, each told with its time; the outbox; the events of the MQTT
 * client. Whatever goes wrong leaves one text in `problem`.
 */
#include "session.h"

#include "explain.h"
#include "report.h"

#include <board.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CONNACK_TIMEOUT_MS   5000
#define SUBACK_TIMEOUT_MS    5000
#define BACKOFF_BASE_MS      250
#define BACKOFF_MAX_MS       4000
#define TCP_TIMEOUT_MS       5000
#define STEP_TIMEOUT_MS      100
#define LINGER_MS            500
#define HANDSHAKE_TIMEOUT_MS 30000

/* The MQTT client keeps its transport for life, connections come and go: this one passes on to the
 * stream of the moment. */
static int32_t receive(NetworkContext_t *network, void *buffer, size_t size)
{
    TransportInterface_t stream = tls_transport(network->session->tls);

    return stream.recv(stream.pNetworkContext, buffer, size);
}

static int32_t send(NetworkContext_t *network, const void *buffer, size_t size)
{
    TransportInterface_t stream = tls_transport(network->session->tls);

    return stream.send(stream.pNetworkContext, buffer, size);
}

static int32_t send_vectors(NetworkContext_t *network, TransportOutVector_t *vectors, size_t count)
{
    TransportInterface_t stream = tls_transport(network->session->tls);

    return stream.writev(stream.pNetworkContext, vectors, count);
}

/* The MQTT client's callback knows its context only: the session that it lies in. */
static struct session *session_of(MQTTContext_t *mqtt)
{
    return (struct session *)(void *)((uint8_t *)mqtt - offsetof(struct session, mqtt));
}

__attribute__((format(printf, 3, 4))) static enum session_result fail(struct session *session,
                                                                      enum session_result result,
                                                                      const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(session->problem, sizeof session->problem, format, arguments);
    va_end(arguments);
    return result;
}

static void reset_backoff(struct session *session)
{
    BackoffAlgorithm_InitializeParams(&session->backoff, BACKOFF_BASE_MS, BACKOFF_MAX_MS,
                                      BACKOFF_ALGORITHM_RETRY_FOREVER);
}

void session_init(struct session *session, const struct session_settings *settings)
{
    memset(session, 0, sizeof *session);
    session->settings = settings;
    session->network.session = session;
    reset_backoff(session);
}

uint32_t session_backoff_ms(struct session *session)
{
    uint32_t random = report_now_ms(); /* the fallback of a device without entropy */
    uint16_t wait = BACKOFF_MAX_MS;

    (void)board_entropy(&random, sizeof random);
    (void)BackoffAlgorithm_GetNextBackoff(&session->backoff, random, &wait);
    return wait;
}

/* ---- The outbox ------------------------------------------------------------------------------- */

static struct session_letter *letter_of(struct session *session, uint16_t packet_id)
{
    for (size_t i = 0; i < DEMO_OUTBOX; i++)
        if (session->outbox[i].packet_id == packet_id)
            return &session->outbox[i];
    return NULL;
}

static MQTTStatus_t send_letter(struct session *session, const struct session_letter *letter,
                                bool again)
{
    MQTTPublishInfo_t publish = {
        .qos = MQTTQoS1,
        .dup = again,
        .pTopicName = session->settings->topic,
        .topicNameLength = (uint16_t)strlen(session->settings->topic),
        .pPayload = letter->payload,
        .payloadLength = letter->size,
    };

    return MQTT_Publish(&session->mqtt, &publish, letter->packet_id);
}

bool session_publish(struct session *session, const char *payload, size_t size)
{
    struct session_letter *letter = letter_of(session, 0);

    if (letter == NULL || size > sizeof letter->payload || !session->is_open)
        return false;
    memcpy(letter->payload, payload, size);
    letter->size = (uint16_t)size;
    letter->packet_id = MQTT_GetPacketId(&session->mqtt);
    MQTTStatus_t status = send_letter(session, letter, false);
    if (status == MQTTSuccess || status == MQTTSendFailed)
        return true; /* what could not be sent now goes with the next connection */
    letter->packet_id = 0;
    return false;
}

/* Publishes again what the broker has not acknowledged. */
static bool resend(struct session *session)
{
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;
    uint16_t packet_id;

    while ((packet_id = MQTT_PublishToResend(&session->mqtt, &cursor)) != MQTT_PACKET_ID_INVALID) {
        const struct session_letter *letter = letter_of(session, packet_id);
        if (letter == NULL)
            (void)MQTT_CancelCallback(&session->mqtt, packet_id);
        else if (send_letter(session, letter, true) == MQTTSendFailed)
            return false;
    }
    return true;
}

/* ---- Events of the MQTT client ----------------------------------------------------------------- */

static void on_suback(struct session *session, const MQTTPacketInfo_t *packet, uint16_t packet_id)
{
    uint8_t *codes = NULL;
    size_t count = 0;

    if (packet_id != session->subscribe_id ||
        MQTT_GetSubAckStatusCodes(packet, &codes, &count) != MQTTSuccess || count == 0)
        return;
    session->subscribe_code = codes[0];
    session->subscribe_id = 0;
}

static void on_event(MQTTContext_t *mqtt, MQTTPacketInfo_t *packet, MQTTDeserializedInfo_t *info)
{
    struct session *session = session_of(mqtt);

    if ((packet->type & 0xf0u) == MQTT_PACKET_TYPE_PUBLISH) {
        session->settings->message(session->settings->context, info->pPublishInfo->pPayload,
                                   info->pPublishInfo->payloadLength);
    } else if (packet->type == MQTT_PACKET_TYPE_PUBACK) {
        struct session_letter *letter = letter_of(session, info->packetIdentifier);
        if (letter != NULL)
            letter->packet_id = 0;
    } else if (packet->type == MQTT_PACKET_TYPE_SUBACK) {
        on_suback(session, packet, info->packetIdentifier);
    }
}

/* ---- Connecting -------------------------------------------------------------------------------- */

static enum session_result open_socket(struct session *session)
{
    const struct session_settings *settings = session->settings;
    uint32_t start = report_now_ms();
    struct socket_transport_settings socket = {
        .host = settings->host,
        .port = settings->port,
        .connect_timeout_ms = TCP_TIMEOUT_MS,
        .send_timeout_ms = TCP_TIMEOUT_MS,
        .receive_timeout_ms = STEP_TIMEOUT_MS,
    };

    if (!socket_transport_connect(&session->socket, &socket))
        return fail(session, SESSION_LOST, "%s", session->socket.text);
    report_step("tcp", "connected to %s port %u in %u ms", settings->host, settings->port,
                (unsigned)(report_now_ms() - start));
    return SESSION_OK;
}

static enum session_result open_tls(struct session *session)
{
    const struct session_settings *settings = session->settings;
    uint32_t start = report_now_ms();
    struct tls_settings tls = {
        .lower = socket_transport_interface(&session->socket),
        .server_name = settings->server_name,
        .ca = settings->ca,
        .certificate = settings->certificate,
        .key = settings->key,
        .handshake_timeout_ms = HANDSHAKE_TIMEOUT_MS,
    };

    session->tls = tls_connect(&tls, &session->tls_report);
    if (session->tls == NULL)
        return fail(session,
                    explain_tls_is_hopeless(session->tls_report.result) ? SESSION_HOPELESS
                                                                        : SESSION_LOST,
                    "%s", session->tls_report.text);
    uint32_t took = report_now_ms() - start;
    report_phase("TLS", took);
    report_step("tls", "%s %s, server %s verified, in %u ms", tls_version(session->tls),
                tls_cipher(session->tls), settings->server_name, (unsigned)took);
    return SESSION_OK;
}

static MQTTStatus_t initialise_mqtt(struct session *session)
{
    TransportInterface_t transport = {.recv = receive,
                                      .send = send,
                                      .writev = send_vectors,
                                      .pNetworkContext = &session->network};
    MQTTFixedBuffer_t buffer = {session->buffer, sizeof session->buffer};

    if (session->is_initialised) /* the records of the last connection are still needed */
        return MQTTSuccess;
    MQTTStatus_t status = MQTT_Init(&session->mqtt, &transport, report_now_ms, on_event, &buffer);
    if (status == MQTTSuccess)
        status = MQTT_InitStatefulQoS(&session->mqtt, session->records, DEMO_OUTBOX, NULL, 0);
    session->is_initialised = status == MQTTSuccess;
    return status;
}

/* The reason why the stream ended, if TLS knows one: the peer's refusal of our certificate shows
 * only now with TLS 1.3. */
static enum session_result stream_failed(struct session *session, MQTTStatus_t status,
                                         const char *doing)
{
    const struct tls_report *report = &session->tls_report;

    if (report->result != TLS_OK && report->result != TLS_CLOSED)
        return fail(session,
                    explain_tls_is_hopeless(report->result) ? SESSION_HOPELESS : SESSION_LOST, "%s",
                    report->text);
    return fail(session, SESSION_LOST, "%s", explain_mqtt(status, doing));
}

static enum session_result open_mqtt(struct session *session, bool *session_present)
{
    const struct session_settings *settings = session->settings;
    uint32_t start = report_now_ms();
    MQTTConnectInfo_t connect = {
        .cleanSession = false,
        .keepAliveSeconds = settings->keep_alive_s,
        .pClientIdentifier = settings->client_id,
        .clientIdentifierLength = (uint16_t)strlen(settings->client_id),
    };
    MQTTPublishInfo_t will = {
        .qos = MQTTQoS1,
        .pTopicName = settings->will_topic,
        .topicNameLength = (uint16_t)strlen(settings->will_topic),
        .pPayload = settings->will,
        .payloadLength = strlen(settings->will),
    };
    MQTTStatus_t status = initialise_mqtt(session);

    if (status == MQTTSuccess)
        status = MQTT_Connect(&session->mqtt, &connect, &will, CONNACK_TIMEOUT_MS, session_present);
    if (status == MQTTServerRefused)
        return fail(session, SESSION_HOPELESS, "%s", explain_mqtt(status, "CONNECT"));
    if (status != MQTTSuccess)
        return stream_failed(session, status, "waiting for the broker's answer to CONNECT");
    uint32_t took = report_now_ms() - start;
    report_phase("MQTT", took);
    report_step("mqtt", "connected as %s, %s session, in %u ms", settings->client_id,
                *session_present ? "resumed" : "new", (unsigned)took);
    return SESSION_OK;
}

static enum session_result subscribe(struct session *session)
{
    const char *topic = session->settings->topic;
    MQTTSubscribeInfo_t list = {
        .qos = MQTTQoS1, .pTopicFilter = topic, .topicFilterLength = (uint16_t)strlen(topic)};
    uint32_t start = report_now_ms();

    session->subscribe_id = MQTT_GetPacketId(&session->mqtt);
    MQTTStatus_t status = MQTT_Subscribe(&session->mqtt, &list, 1, session->subscribe_id);
    while (session->subscribe_id != 0 && report_now_ms() - start < SUBACK_TIMEOUT_MS &&
           (status == MQTTSuccess || status == MQTTNeedMoreBytes))
        status = MQTT_ProcessLoop(&session->mqtt);
    if (session->subscribe_id != 0)
        return stream_failed(session, status, "waiting for the broker's answer to SUBSCRIBE");
    if (session->subscribe_code == MQTTSubAckFailure)
        return fail(session, SESSION_HOPELESS, "%s", explain_refused_subscription(topic));
    report_step("subscribed", "%s at QoS %u", topic, session->subscribe_code);
    return SESSION_OK;
}

static enum session_result open_all(struct session *session)
{
    bool session_present = false;
    enum session_result result = open_socket(session);

    if (result == SESSION_OK)
        result = open_tls(session);
    if (result == SESSION_OK)
        result = open_mqtt(session, &session_present);
    if (result != SESSION_OK)
        return result;
    if (!session_present)
        for (size_t i = 0; i < DEMO_OUTBOX; i++)
            session->outbox[i].packet_id = 0; /* the client has forgotten them too */
    result = subscribe(session);
    if (result == SESSION_OK && !resend(session))
        return stream_failed(session, MQTTSendFailed, "sending again what was on its way");
    return result == SESSION_OK && session_present ? SESSION_KEPT : result;
}

enum session_result session_open(struct session *session)
{
    session->problem[0] = '\0';
    enum session_result result = open_all(session);

    session->is_open = result == SESSION_OK || result == SESSION_KEPT;
    if (session->is_open)
        reset_backoff(session);
    else
        session_close(session);
    return result;
}

enum session_result session_step(struct session *session)
{
    MQTTStatus_t status = MQTT_ProcessLoop(&session->mqtt);

    if (status == MQTTSuccess || status == MQTTNeedMoreBytes || status == MQTTNoMemory)
        return SESSION_OK;
    return stream_failed(session, status, "the connection stood");
}

void session_close(struct session *session)
{
    if (session->is_open && session->mqtt.connectStatus == MQTTConnected)
        (void)MQTT_Disconnect(&session->mqtt);
    session->is_open = false;
    tls_close(session->tls);
    session->tls = NULL;
    socket_transport_close(&session->socket, LINGER_MS);
}
