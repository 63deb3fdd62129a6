/* SPDX-License-Identifier: MIT */
/*
 * The functions of tcpip_mdns.h: each is done in the stack's task.
 */
#include "tcpip_mdns.h"

#include "client/mdns_browse.h"
#include "client/mdns_out.h"
#include "core/container.h"
#include "core/task.h"
#include "socket/socket.h"

#if ipconfigUSE_MDNS

struct mdns_call {
    struct tcpip_call call;
    const char *host;
    void (*claimed)(const char *host);
    const uint8_t *txt;
    uint16_t txt_size;
};

static struct mdns_call *of(struct tcpip_call *call)
{
    return TCPIP_CONTAINER(call, struct mdns_call, call);
}

static bool ask(struct mdns_call *wanted, tcpip_attempt *attempt, void *object)
{
    return tcpip_task_handle() != NULL && tcpip_call(&wanted->call, attempt, object, NULL, 0) > 0;
}

static int32_t start(void *object, struct tcpip_call *call)
{
    tcpip_mdns_claim_host(of(call)->host, of(call)->claimed);
    return true;
}

bool tcpip_mdns_start(const char *host, void (*claimed)(const char *host))
{
    struct mdns_call starting = {.host = host, .claimed = claimed};

    if (host == NULL || host[0] == '\0' || strlen(host) > DNS_LABEL_MAX ||
        strchr(host, '.') != NULL)
        return false;
    return ask(&starting, start, NULL);
}

void tcpip_mdns_stop(void)
{
    struct mdns_call stopping = {.host = NULL};

    (void)ask(&stopping, start, NULL);
}

static int32_t add(void *object, struct tcpip_call *call)
{
    return tcpip_mdns_claim_service(object);
}

bool tcpip_mdns_add_service(struct tcpip_mdns_service *service)
{
    struct mdns_call adding;

    return service != NULL && ask(&adding, add, service);
}

static int32_t set_txt(void *object, struct tcpip_call *call)
{
    struct tcpip_mdns_service *service = object;
    size_t subject = tcpip_mdns_subject_of(service);

    if (subject == 0)
        return false;
    service->txt = of(call)->txt;
    service->txt_size = of(call)->txt_size;
    tcpip_mdns_announce(subject);
    return true;
}

bool tcpip_mdns_set_txt(struct tcpip_mdns_service *service, const uint8_t *txt, size_t size)
{
    struct mdns_call setting = {.txt = txt, .txt_size = (uint16_t)size};

    return service != NULL && size <= TCPIP_MDNS_TXT_MAX && ask(&setting, set_txt, service);
}

static int32_t remove_service(void *object, struct tcpip_call *call)
{
    tcpip_mdns_give_up(object);
    return true;
}

void tcpip_mdns_remove_service(struct tcpip_mdns_service *service)
{
    struct mdns_call removing;

    if (service != NULL)
        (void)ask(&removing, remove_service, service);
}

static int32_t begin_browse(void *object, struct tcpip_call *call)
{
    return tcpip_mdns_browse_begin(object);
}

bool tcpip_mdns_browse(struct tcpip_mdns_browse *browse)
{
    struct mdns_call beginning;

    return browse->type != NULL && browse->changed != NULL && ask(&beginning, begin_browse, browse);
}

static int32_t end_browse(void *object, struct tcpip_call *call)
{
    tcpip_mdns_browse_end(object);
    return true;
}

void tcpip_mdns_end_browse(struct tcpip_mdns_browse *browse)
{
    struct mdns_call ending;

    (void)ask(&ending, end_browse, browse);
}

struct resolve_call {
    struct tcpip_call call;
    struct tcpip_call *waiting; /* the list on which it alone waits */
    struct tcpip_mdns_resolution resolution;
    bool started, ended;
};

static void resolved(struct tcpip_mdns_resolution *resolution)
{
    struct resolve_call *resolving = TCPIP_CONTAINER(resolution, struct resolve_call, resolution);

    resolving->ended = true;
    tcpip_calls_retry(&resolving->waiting);
}

static int32_t resolve(void *object, struct tcpip_call *call)
{
    struct resolve_call *resolving = TCPIP_CONTAINER(call, struct resolve_call, call);

    if (!resolving->started) {
        resolving->started = true;
        resolving->ended = !tcpip_mdns_resolve_begin(&resolving->resolution);
    }
    return resolving->ended ? 0 : -FREERTOS_EWOULDBLOCK;
}

static int32_t stop_resolving(void *object, struct tcpip_call *call)
{
    tcpip_mdns_resolve_cancel(object);
    return 0;
}

bool tcpip_mdns_resolve(const char *instance, const char *type, struct tcpip_mdns_target *target,
                        uint32_t wait_ms)
{
    struct resolve_call resolving = {
        .resolution = {.instance = instance, .type = type, .target = target, .done = resolved}};
    struct tcpip_call stopping;
    uint64_t ticks = (uint64_t)wait_ms * configTICK_RATE_HZ / 1000u;

    if (instance == NULL || type == NULL || target == NULL || tcpip_task_handle() == NULL)
        return false;
    tcpip_call(&resolving.call, resolve, NULL, &resolving.waiting,
               ticks < portMAX_DELAY ? (TickType_t)ticks : portMAX_DELAY - 1);
    tcpip_call(&stopping, stop_resolving, &resolving.resolution, NULL, 0);
    return resolving.resolution.has_srv; /* without attributes it is of use as well */
}

#endif

const char *tcpip_mdns_next_txt(const uint8_t *txt, size_t size, size_t *at, size_t *length)
{
    const uint8_t *string = txt + *at;

    if (*at >= size || string[0] >= size - *at)
        return NULL;
    *length = string[0];
    *at += 1u + *length;
    return (const char *)string + 1;
}
