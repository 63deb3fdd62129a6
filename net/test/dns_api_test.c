/* SPDX-License-Identifier: MIT */
/* Look-ups by the public functions, as tasks in virtual time, against a server on a wire. */
#include "servers.h"

#include <string.h>

#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "client/dns.h"
#include "tcpip.h"

static struct wire wire;
static struct servers servers;
static NetworkEndPoint_t end_point;
static struct test_random entropy = {7};

static bool fill(void *buffer, size_t size)
{
    uint8_t *bytes = buffer;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

static void begin(void)
{
    static const uint8_t own[4] = {10, 0, 2, 15};
    static const uint8_t mask[4] = {255, 255, 255, 0};
    static const uint8_t dns[4] = {10, 0, 2, 3};

    wire_init(&wire, 1);
    servers_begin(&servers, &wire);
    tcpip_set_entropy(fill);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    CHECK(interface != NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, own, mask, dns, dns, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (int i = 0; i < 1000 && FreeRTOS_IsNetworkUp() == pdFALSE; i++)
        vTaskDelay(1);
}

static void end(void)
{
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

static size_t look_up(BaseType_t family, BaseType_t expected_family)
{
    const struct freertos_addrinfo hints = {.ai_family = family};
    struct freertos_addrinfo *list = NULL;
    size_t count = 0;
    BaseType_t error = FreeRTOS_getaddrinfo("www.example.com", "443", &hints, &list);

    CHECK_EQUAL(list == NULL ? -pdFREERTOS_ERRNO_ENOENT : 0, error);
    for (const struct freertos_addrinfo *info = list; info != NULL; info = info->ai_next) {
        const uint8_t *bytes = info->ai_addr->sin_address.xIP_IPv6.ucBytes;

        CHECK_EQUAL(expected_family, info->ai_family);
        CHECK_EQUAL(expected_family, info->ai_addr->sin_family);
        CHECK_EQUAL(FreeRTOS_htons(443), info->ai_addr->sin_port);
        CHECK_STRING("www.example.com", info->ai_canonname);
        CHECK_EQUAL(++count, bytes[expected_family == FREERTOS_AF_INET6 ? 15 : 3]);
    }
    FreeRTOS_freeaddrinfo(list);
    FreeRTOS_dnsclear();
    return count;
}

TEST(hints_say_which_family)
{
    begin();
    servers.dns_six = true;
    CHECK_EQUAL(2, look_up(FREERTOS_AF_INET4, FREERTOS_AF_INET4));
    CHECK_EQUAL(2, look_up(FREERTOS_AF_INET6, FREERTOS_AF_INET6));
    CHECK_EQUAL(2, look_up(0, FREERTOS_AF_INET4));
    CHECK_EQUAL(pdPASS, FreeRTOS_SetDNSIPPreference(xPreferenceIPv6));
    CHECK_EQUAL(2, look_up(0, FREERTOS_AF_INET6));
    CHECK_EQUAL(2, look_up(FREERTOS_AF_INET4, FREERTOS_AF_INET4));
    servers.dns_six = false;
    CHECK_EQUAL(0, look_up(FREERTOS_AF_INET6, FREERTOS_AF_INET6));
    CHECK_EQUAL(pdPASS, FreeRTOS_SetDNSIPPreference(xPreferenceNone));
    CHECK_EQUAL(TCPIP_UNSPECIFIED, tcpip_dns_preferred);
    CHECK_EQUAL(pdPASS, FreeRTOS_SetDNSIPPreference(xPreferenceIPv4));
    CHECK_EQUAL(TCPIP_IPV4, tcpip_dns_preferred);
    end();
}

TEST(address_as_text_is_its_own_answer)
{
    static const struct {
        const char *text;
        BaseType_t asked, family;
    } cases[] = {{"192.0.2.7", FREERTOS_AF_INET4, FREERTOS_AF_INET4},
                 {"192.0.2.7", 0, FREERTOS_AF_INET4},
                 {"192.0.2.7", FREERTOS_AF_INET6, 0},
                 {"2001:db8::7", FREERTOS_AF_INET6, FREERTOS_AF_INET6},
                 {"2001:db8::7", 0, FREERTOS_AF_INET6},
                 {"2001:db8::7", FREERTOS_AF_INET4, 0}};

    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct freertos_addrinfo hints = {.ai_family = cases[i].asked};
        struct freertos_addrinfo *list = NULL;
        BaseType_t error = FreeRTOS_getaddrinfo(cases[i].text, "443", &hints, &list);

        CHECK_EQUAL(cases[i].family == 0 ? -pdFREERTOS_ERRNO_ENOENT : 0, error);
        CHECK_EQUAL(cases[i].family == 0, list == NULL);
        if (list == NULL)
            continue;
        CHECK_EQUAL(cases[i].family, list->ai_family);
        CHECK_EQUAL(FreeRTOS_htons(443), list->ai_addr->sin_port);
        CHECK(list->ai_next == NULL);
        CHECK_EQUAL(7, list->ai_addr->sin_address.xIP_IPv6
                           .ucBytes[list->ai_family == FREERTOS_AF_INET6 ? 15 : 3]);
        FreeRTOS_freeaddrinfo(list);
    }
    CHECK_EQUAL(0, FreeRTOS_gethostbyname("2001:db8::7")); /* it has no room for it */
    CHECK_EQUAL(0, servers.queries);
    end();
}

TEST(errors_tell_absence_from_silence)
{
    struct freertos_addrinfo *list = NULL;

    begin();
    servers.dns_rcode = DNS_RCODE_NO_NAME;
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOENT, FreeRTOS_getaddrinfo("a.b", NULL, NULL, &list));
    servers.dns_silent = true;
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ETIMEDOUT, FreeRTOS_getaddrinfo("a.c", NULL, NULL, &list));
    CHECK_EQUAL(0, FreeRTOS_gethostbyname("a.c"));
    CHECK(list == NULL);
    end();
}

TEST(arguments_that_make_no_sense_are_refused)
{
    static const char *const ports[] = {"65536", "http", "-1", "99999999999999", " 80"};
    struct freertos_addrinfo hints = {.ai_family = 77};
    struct freertos_addrinfo *list = NULL;

    begin();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_getaddrinfo(NULL, NULL, NULL, &list));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_getaddrinfo("a.b", NULL, NULL, NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_getaddrinfo("a.b", NULL, &hints, &list));
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++)
        CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_getaddrinfo("a.b", ports[i], NULL, &list));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL,
                FreeRTOS_getaddrinfo_a("a.b", NULL, NULL, &list, NULL, NULL, 1));
    CHECK_EQUAL(0, FreeRTOS_dnslookup(NULL));
    CHECK_EQUAL(0, FreeRTOS_gethostbyname_a(NULL, NULL, NULL, 1));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOENT, FreeRTOS_getaddrinfo("a..b", NULL, NULL, &list));
    CHECK_EQUAL(0, servers.queries);
    end();
}

TEST(element_of_a_list_is_made)
{
    static const uint8_t bytes[16] = {1, 2, 3, 4, [15] = 16};
    struct freertos_addrinfo *info = pxNew_AddrInfo("six", FREERTOS_AF_INET6, bytes);

    CHECK(info != NULL);
    CHECK_BYTES(bytes, info->ai_addr->sin_address.xIP_IPv6.ucBytes, 16);
    CHECK_EQUAL(FREERTOS_AF_INET6, info->ai_addr->sin_family);
    info->ai_next = pxNew_AddrInfo("four", FREERTOS_AF_INET4, bytes);
    CHECK(info->ai_next != NULL);
    CHECK_BYTES(bytes, &info->ai_next->ai_addr->sin_address.ulIP_IPv4, 4);
    CHECK_STRING("four", info->ai_next->ai_canonname);
    CHECK(pxNew_AddrInfo("none", FREERTOS_AF_INET4, NULL) == NULL);
    CHECK(pxNew_AddrInfo("none", 3, bytes) == NULL);
    FreeRTOS_freeaddrinfo(info);
    FreeRTOS_freeaddrinfo(NULL);
}

static struct {
    unsigned calls;
    void *id;
    bool found;
    TickType_t at;
} heard;

static void hear(const char *name, void *id, struct freertos_addrinfo *list)
{
    CHECK_STRING("www.example.com", name);
    heard.calls++;
    heard.id = id;
    heard.found = list != NULL;
    heard.at = xTaskGetTickCount();
    FreeRTOS_freeaddrinfo(list);
}

TEST(search_without_waiting_calls_back_once)
{
    struct freertos_addrinfo hints = {.ai_family = FREERTOS_AF_INET6};
    struct freertos_addrinfo *list = NULL;
    int id;

    begin();
    servers.dns_six = true;
    memset(&heard, 0, sizeof heard);
    CHECK_EQUAL(0, FreeRTOS_getaddrinfo_a("www.example.com", NULL, &hints, &list, hear, &id,
                                          pdMS_TO_TICKS(1000)));
    vTaskDelay(pdMS_TO_TICKS(5000));
    CHECK_EQUAL(1, heard.calls);
    CHECK(heard.found && heard.id == &id && list == NULL);

    servers.dns_silent = true;
    CHECK_EQUAL(0, FreeRTOS_gethostbyname_a("www.example.com", hear, &id, pdMS_TO_TICKS(700)));
    TickType_t begun = xTaskGetTickCount();
    vTaskDelay(pdMS_TO_TICKS(5000));
    CHECK_EQUAL(2, heard.calls);
    CHECK(!heard.found);
    CHECK_EQUAL(pdMS_TO_TICKS(700), heard.at - begun);
    end();
}

TEST(cancelling_forgets_all_searches_with_the_id)
{
    int mine, other;

    begin();
    servers.dns_silent = true;
    memset(&heard, 0, sizeof heard);
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(0, FreeRTOS_gethostbyname_a("www.example.com", hear, i == 1 ? &other : &mine,
                                                pdMS_TO_TICKS(2000)));
    FreeRTOS_gethostbyname_cancel(&mine);
    vTaskDelay(pdMS_TO_TICKS(5000));
    CHECK_EQUAL(1, heard.calls);
    CHECK(heard.id == &other);
    end();
}

TEST(stopping_the_stack_ends_the_searches)
{
    begin();
    servers.dns_silent = true;
    memset(&heard, 0, sizeof heard);
    CHECK_EQUAL(0, FreeRTOS_gethostbyname_a("www.example.com", hear, NULL, portMAX_DELAY));
    vTaskDelay(pdMS_TO_TICKS(1500));
    end();
    CHECK_EQUAL(1, heard.calls);
    CHECK(!heard.found);
}
