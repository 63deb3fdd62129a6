/* SPDX-License-Identifier: MIT */
/*
 * The settings: broker, ca, cert, key, client-id, topic, messages, interval, keep. Whatever is wrong
 * is told with what was expected; nothing is guessed.
 */
#include "options.h"

#include <board.h>
#include <network.h>
#include <report.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MESSAGES    100000u
#define MAX_INTERVAL_MS 3600000u
#define MAX_CLIENT_ID   128u
#define KEEP_ALIVE_S    30u
#define BROKER_NAME     "broker.linnet.test"

static bool read_number(const char *name, uint32_t least, uint32_t most, uint32_t *value)
{
    const char *text = board_setting(name);
    char *end = NULL;

    if (text == NULL)
        return true; /* the default stays */
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || number < least ||
        number > most) {
        report_problem("--%s %s: expected a whole number from %u to %u", name, text,
                       (unsigned)least, (unsigned)most);
        return false;
    }
    *value = (uint32_t)number;
    return true;
}

static bool read_broker(struct options *options)
{
    const char *text = board_setting("broker"), *colon = text ? strrchr(text, ':') : NULL;
    char *end = NULL;
    unsigned long port = colon ? strtoul(colon + 1, &end, 10) : 0;

    if (colon == NULL || colon == text || (size_t)(colon - text) >= sizeof options->host ||
        colon[1] < '0' || colon[1] > '9' || *end != '\0' || port < 1 || port > 65535) {
        report_problem("--broker %s: expected HOST:PORT, for example %s:8883", text ? text : "",
                       BROKER_NAME);
        return false;
    }
    snprintf(options->host, sizeof options->host, "%.*s", (int)(colon - text), text);
    options->session.server_name = options->host;
    options->session.host = network_host(options->host);
    options->session.port = (uint16_t)port;
    return true;
}

static bool read_blob(const char *name, struct tls_bytes *bytes)
{
    bytes->data = board_blob(name, &bytes->size);
    if (bytes->data == NULL && board_setting(name) == NULL)
        report_problem("--%s FILE is needed: PEM or DER", name);
    return bytes->data != NULL;
}

static bool read_names(struct options *options)
{
    const char *client = board_setting("client-id"), *topic = board_setting("topic");

    options->session.client_id = client != NULL ? client : "linnet-echo";
    size_t length = strlen(options->session.client_id);
    if (length == 0 || length > MAX_CLIENT_ID) {
        report_problem("--client-id: expected 1 to %u bytes, got %u", MAX_CLIENT_ID,
                       (unsigned)length);
        return false;
    }
    int used = topic != NULL ? snprintf(options->topic, sizeof options->topic, "%s", topic)
                             : snprintf(options->topic, sizeof options->topic, "linnet/%s/echo",
                                        options->session.client_id);
    if (used <= 0 || (size_t)used >= sizeof options->topic ||
        strpbrk(options->topic, "+#") != NULL) {
        report_problem("--topic: expected 1 to 255 bytes without + and #");
        return false;
    }
    snprintf(options->will_topic, sizeof options->will_topic, "linnet/%s/status",
             options->session.client_id);
    options->session.topic = options->topic;
    options->session.will_topic = options->will_topic;
    options->session.will = "offline";
    return true;
}

bool options_read(struct options *options)
{
    static const char *const known[] = {"broker", "ca",       "cert",     "key",  "client-id",
                                        "topic",  "messages", "interval", "keep", "keep-alive",
                                        "json",   "verbose",  NULL};
    uint32_t keep_alive = KEEP_ALIVE_S;

    memset(options, 0, sizeof *options);
    options->messages = 12;
    options->interval_ms = 1000;
    options->keep = board_setting("keep") != NULL;
    bool good = board_settings_known(known) &&
                read_number("messages", 1, MAX_MESSAGES, &options->messages) &&
                read_number("interval", 0, MAX_INTERVAL_MS, &options->interval_ms) &&
                read_number("keep-alive", 1, UINT16_MAX, &keep_alive) && read_broker(options) &&
                read_names(options) && read_blob("ca", &options->session.ca) &&
                read_blob("cert", &options->session.certificate) &&
                read_blob("key", &options->session.key);
    options->session.keep_alive_s = (uint16_t)keep_alive;
    return good;
}
