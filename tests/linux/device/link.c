/* SPDX-License-Identifier: MIT */
/* Names and services of the link: offered while the device waits, looked for by `browse`. */
#include "device.h"

#include "board.h"
#include "task.h"

#include <stdio.h>
#include <string.h>

#if ipconfigUSE_MDNS
#include "tcpip_mdns.h"

enum { INSTANCE_MAX = 16, TXT_ROOM = 200, RESOLVE_MS = 5000 };

static void host_claimed(const char *host)
{
    printf("claimed host %s\n", host);
}

static void service_claimed(struct tcpip_mdns_service *service, const char *instance)
{
    (void)service;
    printf("claimed service %s\n", instance);
}

void device_offer(void)
{
    static struct tcpip_mdns_service service = {.type = "_http._tcp",
                                                .port = 80,
                                                .txt_size = 7,
                                                .txt = (const uint8_t *)"\6path=/",
                                                .claimed = service_claimed};
    const char *host = board_setting("mdns");

    if (host == NULL)
        return;
    service.instance = device_text("instance", "Linnet's page");
    if (!tcpip_mdns_start(host, host_claimed) || !tcpip_mdns_add_service(&service))
        puts("the service cannot be offered");
}

/* --- looking --------------------------------------------------------------------------------- */

static struct {
    char name[TCPIP_MDNS_LABEL_SIZE];
    bool told;
} instances[INSTANCE_MAX];
static volatile unsigned instance_count;

/* In the stack's task: resolving waits for it, so another task does that. */
static void changed(struct tcpip_mdns_browse *browse, const char *instance, bool there)
{
    (void)browse;
    if (there && instance_count < INSTANCE_MAX) {
        snprintf(instances[instance_count].name, TCPIP_MDNS_LABEL_SIZE, "%s", instance);
        instance_count++;
    }
    if (!there)
        printf("gone %s\n", instance);
}

static void print_txt(const uint8_t *txt, size_t size)
{
    const char *text;
    size_t at = 0, length;

    while ((text = tcpip_mdns_next_txt(txt, size, &at, &length)) != NULL)
        printf(" %.*s", (int)length, text);
}

static void tell(const char *instance, const char *type)
{
    uint8_t txt[TXT_ROOM];
    struct tcpip_mdns_target target = {.txt = txt, .txt_room = sizeof txt};

    if (!tcpip_mdns_resolve(instance, type, &target, RESOLVE_MS)) {
        printf("found %s, which leads nowhere\n", instance);
        return;
    }
    printf("found %s at %s:%u", instance, target.host, (unsigned)target.port);
    print_txt(txt, target.txt_size < sizeof txt ? target.txt_size : sizeof txt);
    puts("");
}

bool device_browse(void)
{
    static struct tcpip_mdns_browse browse = {.changed = changed};

    browse.type = device_text("type", "_http._tcp");
    device_offer();
    if (!tcpip_mdns_browse(&browse))
        return false;
    while (!board_stop_requested()) {
        for (unsigned i = 0; i < instance_count; i++) {
            if (!instances[i].told)
                tell(instances[i].name, browse.type);
            instances[i].told = true;
        }
        vTaskDelay(pdMS_TO_TICKS(10));
    }
    tcpip_mdns_end_browse(&browse);
    tcpip_mdns_stop();
    return true;
}

#else

void device_offer(void)
{
}

bool device_browse(void)
{
    puts("ipconfigUSE_MDNS is off");
    return false;
}

#endif
