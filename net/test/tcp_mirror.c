/* SPDX-License-Identifier: MIT */
/* The stack on a mirror: see tcp_mirror.h. */
#include "tcp_mirror.h"

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "linnet_test.h"
#include "tcpip.h"
#include "wire.h"

static struct wire wire;
static struct test_random random_state;
static NetworkEndPoint_t end_point, end_point6;

static bool entropy(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&random_state);
    return true;
}

void mirror_start(void)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, mask[4] = {255, 255, 255, 0}, none[4] = {0};

    IPv6_Address_t own6;

    random_state.state = 4711;
    wire_init(&wire, 1);
    wire.mirror = true;
    mirror_set_faults((struct mirror_faults){0, 0, 0, 0});
    tcpip_set_entropy(entropy);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    CHECK(interface != NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, own, mask, none, none, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_inet_pton6("2001:db8::1", &own6));
    FreeRTOS_FillEndPoint_IPv6(interface, &end_point6, &own6, NULL, 64, NULL, NULL, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (unsigned i = 0; FreeRTOS_IsNetworkUp() == pdFALSE; i++) {
        CHECK(i < 10000);
        vTaskDelay(1);
    }
}

void mirror_stop(void)
{
    mirror_cut(true);
    vTaskDelay(pdMS_TO_TICKS(50)); /* what was on its way arrives */
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

void mirror_set_faults(struct mirror_faults faults)
{
    wire.faults = (struct wire_faults){
        .lose = 10 * faults.lose,
        .reorder = 10 * faults.reorder,
        .duplicate = 10 * faults.repeat,
        .corrupt = 10 * faults.damage,
        .reorder_ms = 10,
        .delay_ms = 2,
    };
}

void mirror_cut(bool cut)
{
    wire.faults.lose = cut ? 1000 : 0;
}
