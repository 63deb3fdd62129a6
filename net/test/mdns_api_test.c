/* SPDX-License-Identifier: MIT */
/* tcpip_mdns.h from tasks, in virtual time, against a host that answers on the wire. */
#include "servers.h"

#include <string.h>

#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "tcpip.h"
#include "tcpip_mdns.h"
#include "wire/dns_writer.h"
#include "wire/ipv4.h"
#include "wire/mdns.h"

#define OWN   0x0a00020fu
#define PEER  0x0a000207u
#define GROUP 0xe00000fbu

static struct wire wire;
static NetworkEndPoint_t end_point;
static struct test_random entropy = {7};
static unsigned responses, goodbyes;
static bool gone; /* the other host */

static bool fill(void *buffer, size_t size)
{
    uint8_t *bytes = buffer;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

/* At once: from any task. */
static void say(const struct dns_writer *writer)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    size_t length = servers_datagram(&wire, frame, PEER, MDNS_PORT, GROUP, MDNS_PORT, writer->bytes,
                                     writer->at);

    CHECK(wire_deliver(&wire, frame, length));
}

static struct dns_name name_of(const char *text)
{
    struct dns_name name;

    CHECK(tcpip_dns_name_from_text(&name, text, NULL));
    return name;
}

/* The other host's service: Desk, of type _http._tcp, at desk.local:8080. */
static void answer(bool goodbye)
{
    const struct dns_name type = name_of("_http._tcp.local"), host = name_of("desk.local"),
                          instance = name_of("Desk._http._tcp.local");
    static const uint8_t address[4] = {10, 0, 2, 7};
    struct dns_writer writer;
    uint8_t bytes[500];

    tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, MDNS_FLAGS_RESPONSE);
    tcpip_dns_open_record(&writer, &type, DNS_TYPE_PTR, DNS_CLASS_IN, goodbye ? 0 : 4500);
    tcpip_dns_put_name(&writer, &instance);
    CHECK(tcpip_dns_close_record(&writer, DNS_ANSWERS));
    tcpip_dns_open_record(&writer, &instance, DNS_TYPE_SRV, DNS_CLASS_IN, goodbye ? 0 : 120);
    tcpip_dns_put_bytes(&writer, (const uint8_t *)"\0\0\0\0\x1f\x90", 6);
    tcpip_dns_put_name(&writer, &host);
    CHECK(tcpip_dns_close_record(&writer, DNS_ANSWERS));
    tcpip_dns_open_record(&writer, &instance, DNS_TYPE_TXT, DNS_CLASS_IN, goodbye ? 0 : 4500);
    tcpip_dns_put_bytes(&writer, (const uint8_t *)"\3a=b\4flag", 9);
    CHECK(tcpip_dns_close_record(&writer, DNS_ANSWERS));
    tcpip_dns_open_record(&writer, &host, DNS_TYPE_A, DNS_CLASS_IN, goodbye ? 0 : 120);
    tcpip_dns_put_bytes(&writer, address, sizeof address);
    CHECK(tcpip_dns_close_record(&writer, DNS_ANSWERS));
    say(&writer);
}

static bool serve(struct wire *on, const uint8_t *bytes, size_t length)
{
    struct ipv4_header ip;
    struct dns_header header;
    struct dns_record record;

    if (wire_answer_arp(on, bytes, length) ||
        tcpip_ipv4_parse(bytes + 14, length - 14, &ip) != IPV4_OK ||
        ip.protocol != IPV4_PROTOCOL_UDP || tcpip_get_be16(bytes + 36) != MDNS_PORT)
        return true;
    const struct dns_message message = {bytes + 42, tcpip_get_be16(bytes + 38) - 8u};
    CHECK(tcpip_dns_read_header(&message, &header));
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    responses += header.flags == MDNS_FLAGS_RESPONSE;
    while (tcpip_dns_next(&message, &cursor, &record)) {
        const struct dns_name type = name_of("_http._tcp.local"), host = name_of("desk.local"),
                              instance = name_of("Desk._http._tcp.local");

        if (cursor.section == DNS_QUESTIONS && !gone &&
            (tcpip_dns_is_name(&message, record.owner, &type) ||
             tcpip_dns_is_name(&message, record.owner, &host) ||
             tcpip_dns_is_name(&message, record.owner, &instance)))
            answer(false);
        goodbyes += cursor.section == DNS_ANSWERS && header.flags != 0 && record.ttl == 0;
    }
    return true;
}

static void begin(void)
{
    static const uint8_t own[4] = {10, 0, 2, 15}, mask[4] = {255, 255, 255, 0}, none[4];

    wire_init(&wire, 1);
    wire.peer = serve;
    responses = goodbyes = 0;
    tcpip_set_entropy(fill);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    CHECK(interface != NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, own, mask, none, none, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (int i = 0; i < 1000 && FreeRTOS_IsNetworkUp() == pdFALSE; i++)
        vTaskDelay(1);
}

static void end(void)
{
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

static void seconds(unsigned count)
{
    vTaskDelay(pdMS_TO_TICKS(1000 * count));
}

static char host_name[TCPIP_MDNS_LABEL_SIZE];

static void host_claimed(const char *host)
{
    strcpy(host_name, host);
}

TEST(host_and_services_come_and_go)
{
    static struct tcpip_mdns_service web = {.type = "_http._tcp", .port = 80};
    static const uint8_t txt[] = "\3a=b";

    CHECK(!tcpip_mdns_start("lamp", NULL)); /* no stack yet */
    begin();
    CHECK(!tcpip_mdns_start(NULL, NULL));
    CHECK(!tcpip_mdns_start("", NULL));
    CHECK(!tcpip_mdns_start("lamp.local", NULL));
    CHECK(!tcpip_mdns_add_service(&web));
    CHECK(tcpip_mdns_start("lamp", host_claimed));
    CHECK(tcpip_mdns_add_service(&web));
    CHECK(!tcpip_mdns_add_service(NULL));
    seconds(5);
    CHECK_STRING("lamp", host_name);
    unsigned before = responses;
    CHECK(tcpip_mdns_set_txt(&web, txt, sizeof txt - 1));
    seconds(3);
    CHECK_EQUAL(before + 2, responses);
    CHECK(!tcpip_mdns_set_txt(&web, txt, TCPIP_MDNS_TXT_MAX + 1));
    CHECK_EQUAL(0, goodbyes);
    tcpip_mdns_remove_service(&web);
    CHECK_EQUAL(3, goodbyes); /* PTR, SRV, TXT */
    tcpip_mdns_remove_service(&web);
    CHECK(!tcpip_mdns_set_txt(&web, txt, 0));
    tcpip_mdns_stop();
    CHECK_EQUAL(4, goodbyes);
    CHECK(!tcpip_mdns_add_service(&web));
    end();
    CHECK_EQUAL(4, goodbyes);
}

static unsigned came, went;

static void changed(struct tcpip_mdns_browse *browse, const char *instance, bool there)
{
    CHECK_STRING("Desk", instance);
    came += there;
    went += !there;
}

TEST(services_are_found_and_resolved)
{
    static struct tcpip_mdns_browse browse = {.type = "_http._tcp", .changed = changed};
    struct freertos_addrinfo *list = NULL;
    struct tcpip_mdns_target target;
    uint8_t txt[20];

    begin();
    CHECK(tcpip_mdns_browse(&browse));
    seconds(1);
    CHECK_EQUAL(1, came);
    target = (struct tcpip_mdns_target){.txt = txt, .txt_room = sizeof txt};
    CHECK(tcpip_mdns_resolve("Desk", "_http._tcp", &target, 5000));
    CHECK_STRING("desk.local", target.host);
    CHECK_EQUAL(8080, target.port);
    CHECK_EQUAL(9, target.txt_size);
    CHECK_EQUAL(0, FreeRTOS_getaddrinfo(target.host, NULL, NULL, &list));
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.7"), list->ai_addr->sin_address.ulIP_IPv4);
    FreeRTOS_freeaddrinfo(list);
    gone = true;
    answer(true);
    seconds(2);
    CHECK_EQUAL(1, went);
    tcpip_mdns_end_browse(&browse);
    tcpip_mdns_end_browse(&browse);
    end();
}

TEST(resolving_ends_when_its_time_is_up)
{
    struct tcpip_mdns_target target = {.txt_room = 0};

    begin();
    TickType_t begun = xTaskGetTickCount();
    CHECK(!tcpip_mdns_resolve("Nobody", "_http._tcp", &target, 3000));
    CHECK_EQUAL(pdMS_TO_TICKS(3000), xTaskGetTickCount() - begun);
    CHECK(!tcpip_mdns_resolve("", "_http._tcp", &target, 3000));
    CHECK(!tcpip_mdns_resolve("Nobody", NULL, &target, 3000));
    CHECK_EQUAL(pdMS_TO_TICKS(3000), xTaskGetTickCount() - begun);
    end();
}

TEST(attributes_are_read_string_by_string)
{
    static const uint8_t txt[] = "\3a=b\0\4flag\7short";
    size_t at = 0, length = 9;

    CHECK_BYTES("a=b", tcpip_mdns_next_txt(txt, sizeof txt - 1, &at, &length), 3);
    CHECK_EQUAL(3, length);
    CHECK(tcpip_mdns_next_txt(txt, sizeof txt - 1, &at, &length) != NULL);
    CHECK_EQUAL(0, length);
    CHECK_BYTES("flag", tcpip_mdns_next_txt(txt, sizeof txt - 1, &at, &length), 4);
    CHECK_EQUAL(4, length);
    CHECK(tcpip_mdns_next_txt(txt, sizeof txt - 1, &at, &length) == NULL); /* beyond the end */
    at = 0;
    CHECK(tcpip_mdns_next_txt(txt, 0, &at, &length) == NULL);
}

static unsigned asked;

BaseType_t xApplicationDNSQueryHook_Multi(struct xNetworkEndPoint *asked_at, const char *name)
{
    CHECK(asked_at == &end_point);
    asked++;
    return strcmp(name, "board.local") == 0 ? pdTRUE : pdFALSE;
}

TEST(hook_knows_names_of_the_application)
{
    static const char *const names[] = {"board.local", "other.local"};

    begin();
    for (unsigned i = 0; i < 2; i++) {
        struct dns_name name = name_of(names[i]);
        struct dns_writer writer;
        uint8_t bytes[100];

        tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, 0);
        CHECK(tcpip_dns_write_question(&writer, &name, DNS_TYPE_A, DNS_CLASS_IN));
        say(&writer);
        seconds(1);
        CHECK_EQUAL(i + 1, asked);
        CHECK_EQUAL(1, responses);
    }
    end();
}
