/* SPDX-License-Identifier: MIT */
/*
 * The main job: a device publishes numbered messages to a topic that it is subscribed to itself,
 * over MQTT and mutual TLS; each comes back from the broker and is answered once, to the same topic,
 * with the same text and " ACK". The run ends when every answer came back; it fails when nothing
 * comes back for ten seconds, or when something is wrong that trying again cannot mend.
 *
 * One task does it all: exchange.h says what to publish next, session.h carries it. Connecting blocks;
 * a handshake may take its thirty seconds, whatever the ten are doing.
 */
#include "exchange.h"
#include "options.h"

#include <FreeRTOS.h>
#include <board.h>
#include <network.h>
#include <report.h>
#include <session.h>
#include <task.h>
#include <tls_platform_rtos.h>

#include <inttypes.h>
#include <string.h>

#ifndef DEMO_STACK_WORDS
#define DEMO_STACK_WORDS (configMINIMAL_STACK_SIZE * 2 + 2048)
#endif
#define PRIORITY          2
#define DHCP_TIMEOUT_MS   10000u
#define PROGRESS_LIMIT_MS 10000u
#define ACL_SUSPICION_MS  5000u
#define BACKOFF_SLICE_MS  50u

static struct options options;
static struct session session;
static struct exchange exchange;
static uint32_t progress_ms; /* when something last went well */
static bool acl_suspected;

static void on_message(void *context, const void *payload, size_t size)
{
    static const char *const words[] = {"foreign", "received", "acked", "duplicate"};
    uint32_t now = report_now_ms();
    enum exchange_seen seen = exchange_seen(&exchange, payload, size, now);

    (void)context;
    if (seen == EXCHANGE_ORIGINAL || seen == EXCHANGE_ANSWER) {
        progress_ms = now;
        acl_suspected = false;
        report_step(words[seen], "%.*s", (int)size, (const char *)payload);
    } else {
        report_detail(words[seen], "%.*s", (int)size, (const char *)payload);
    }
}

/* Publishes everything that is due. */
static void publish_what_is_due(void)
{
    struct exchange_message message;

    while (exchange_next(&exchange, report_now_ms(), &message)) {
        if (!session_publish(&session, message.text, strlen(message.text)))
            return;
        exchange_sent(&exchange, &message, report_now_ms());
        report_step(message.is_answer ? "answered" : "published", "%s", message.text);
    }
}

/* MQTT 3.1.1 acknowledges a publish that the broker's access control list refuses. */
static void suspect_the_acl(void)
{
    if (acl_suspected || exchange_waiting_ms(&exchange, report_now_ms()) < ACL_SUSPICION_MS)
        return;
    acl_suspected = true;
    report_problem("the broker took what was published to %s, but nothing came back in %u s: its "
                   "access control list probably does not let this device's certificate write (or "
                   "read) there; allow it, or choose another --topic",
                   options.topic, ACL_SUSPICION_MS / 1000u);
}

/* Whether so long without progress is the end. */
static bool has_stalled(uint32_t waiting_ms)
{
    if (options.keep || waiting_ms < PROGRESS_LIMIT_MS)
        return false;
    report_problem("no progress for %u s: given up", PROGRESS_LIMIT_MS / 1000u);
    return true;
}

/* Waits before the next attempt; false when it is not worth one. */
static bool back_off(enum session_result result)
{
    uint32_t wait = session_backoff_ms(&session), start = report_now_ms();

    report_problem("%s", session.problem);
    if (result == SESSION_HOPELESS)
        return false;
    report_detail("backoff", "next attempt in %" PRIu32 " ms", wait);
    while (report_now_ms() - start < wait && !board_stop_requested())
        vTaskDelay(pdMS_TO_TICKS(BACKOFF_SLICE_MS));
    return !has_stalled(report_now_ms() - progress_ms);
}

/* Connects, again and again if need be. */
static bool connect(void)
{
    while (!board_stop_requested()) {
        enum session_result result = session_open(&session);
        if (result == SESSION_OK || result == SESSION_KEPT) {
            progress_ms = report_now_ms();
            exchange_connected(&exchange, result == SESSION_KEPT, progress_ms);
            return true;
        }
        if (!back_off(result))
            return false;
    }
    return false;
}

/* Publishes and receives until all is done, the connection is lost, or it makes no sense. */
static enum session_result exchange_messages(void)
{
    enum session_result result = SESSION_OK;

    while (result == SESSION_OK && !board_stop_requested() &&
           !has_stalled(exchange_waiting_ms(&exchange, report_now_ms())) &&
           (options.keep || !exchange_is_done(&exchange))) {
        publish_what_is_due();
        suspect_the_acl();
        result = session_step(&session);
    }
    return result;
}

static void summarise(void)
{
    char resources[768];

    report_resources(resources, sizeof resources);
    if (report_is_json()) {
        report_line("{\"event\":\"summary\",\"published\":%" PRIu32 ",\"received\":%" PRIu32
                    ",\"acknowledged\":%" PRIu32 ",\"duplicates\":%" PRIu32 ",%s}",
                    exchange.published, exchange.received, exchange.acknowledged,
                    exchange.duplicates, resources);
        return;
    }
    if (exchange.duplicates > 0)
        report_line("%" PRIu32 " duplicates after a reconnect", exchange.duplicates);
    report_line("%s", resources);
    report_line("%" PRIu32 " published, %" PRIu32 " received, %" PRIu32 " acknowledged",
                exchange.published, exchange.received, exchange.acknowledged);
}

/* The whole run; true when every message came back and was answered. */
static bool run(void)
{
    uint8_t *marks = pvPortMalloc((size_t)options.messages + 1);

    if (marks == NULL || !tls_platform_start() || !network_start(DHCP_TIMEOUT_MS))
        return false;
    options.session.message = on_message;
    session_init(&session, &options.session);
    progress_ms = report_now_ms();
    exchange_init(&exchange, options.session.client_id, marks, options.messages,
                  options.interval_ms, progress_ms);
    while (connect()) {
        enum session_result result = exchange_messages();
        session_close(&session);
        if (result == SESSION_OK || !back_off(result))
            break;
    }
    summarise();
    network_stop();
    vPortFree(marks);
    return exchange_is_done(&exchange);
}

static void echo_task(void *parameter)
{
    (void)parameter;
    report_init();
    report_phase("boot", report_now_ms());
    report_step("boot", "%s, Linnet %s", board_name(), LINNET_VERSION);
    bool done = options_read(&options) && run();
    board_exit(done ? 0 : 1);
}

int main(void)
{
    if (xTaskCreate(echo_task, "echo", DEMO_STACK_WORDS, NULL, PRIORITY, NULL) == pdPASS)
        vTaskStartScheduler();
    board_exit(1); /* no memory for the first task */
}
