/* SPDX-License-Identifier: MIT */
/*
 * Browsing (RFC 6762 5.2, RFC 6763 4): a question for each type, after pauses that double up to an
 * hour, with the instances that are known. An instance is kept until its record ends; shortly before
 * that it is asked for, so that what is still there stays.
 */
#include "client/mdns_browse.h"

#include "client/mdns_out.h"
#include "client/names.h"
#include "core/os.h"

#if ipconfigUSE_MDNS

enum {
    SECOND_MS = 1000,
    FIRST_PAUSE_MS = 1000,
    LONGEST_PAUSE_MS = 3600 * SECOND_MS,
    LEAST_DELAY_MS = 20, /* of the first question, 5.2 */
    DELAY_RANGE_MS = 100,
    LONGEST_LIFE = 86400,
    REFRESHES = 4, /* at 80, 85, 90 and 95 of a hundred parts of a life, 5.2 */
};

struct instance {
    struct tcpip_mdns_browse *browse; /* NULL: free */
    uint32_t since;
    uint32_t lives; /* ms */
    uint8_t refreshed;
    char label[TCPIP_MDNS_LABEL_SIZE];
};

static struct instance instances[ipconfigMDNS_INSTANCES];
static struct tcpip_mdns_browse *browses;
static struct tcpip_mdns_resolution *resolutions;
static struct tcpip_timer timer;
static struct dns_name wanted, found; /* while they are compared or written */

static void fire(void *context);
static struct mdns_part browser;

/* With the first question. */
static void use(void)
{
    if (!tcpip_mdns_use(&browser))
        return;
    memset(instances, 0, sizeof instances);
    browses = NULL;
    resolutions = NULL;
    tcpip_timer_init(&timer, fire, NULL);
}

static bool type_name(const struct tcpip_mdns_browse *browse, struct dns_name *name)
{
    return tcpip_dns_name_from_text(name, browse->type, "local");
}

/* An instance that was found by its subtype bears the type itself, RFC 6763 7.1. */
static const char *type_of_instances(const struct tcpip_mdns_browse *browse)
{
    static const char mark[] = "._sub.";
    const char *subtype = strstr(browse->type, mark);

    return subtype != NULL ? subtype + sizeof mark - 1 : browse->type;
}

static bool instance_name(const char *instance, const char *type, struct dns_name *name)
{
    name->size = 0;
    return tcpip_dns_append_label(name, instance, strlen(instance)) &&
           tcpip_dns_append_text(name, type) && tcpip_dns_append_text(name, "local") &&
           tcpip_dns_end_name(name);
}

/* --- when -------------------------------------------------------------------------------------- */

static uint32_t left_until(uint32_t now, uint32_t time)
{
    return tcpip_time_reached(now, time) ? 0 : time - now;
}

/* When an instance needs to be looked after: asked for again, or given up. */
static uint32_t next_look(const struct instance *instance)
{
    uint32_t twentieth = instance->lives / 20u;

    return instance->refreshed < REFRESHES
               ? instance->since + (16u + instance->refreshed) * twentieth
               : instance->since + instance->lives;
}

static void set_timer(void)
{
    uint32_t now = tcpip_os_now(), wait = TCPIP_TIMER_FOREVER;

    for (const struct tcpip_mdns_browse *browse = browses; browse != NULL; browse = browse->next) {
        uint32_t left = left_until(now, browse->due);

        wait = left < wait ? left : wait;
    }
    for (size_t i = 0; i < ipconfigMDNS_INSTANCES; i++) {
        uint32_t left = left_until(now, next_look(&instances[i]));

        wait = instances[i].browse != NULL && left < wait ? left : wait;
    }
    if (wait == TCPIP_TIMER_FOREVER)
        tcpip_timer_stop(&timer);
    else
        tcpip_timer_start(&timer, wait);
}

/* --- questions --------------------------------------------------------------------------------- */

/* 7.1: instances that live for more than half of their time need not be told again. */
static void write_known(struct dns_writer *writer, const struct tcpip_mdns_browse *browse)
{
    uint32_t now = tcpip_os_now();

    for (size_t i = 0; i < ipconfigMDNS_INSTANCES; i++) {
        const struct instance *instance = &instances[i];
        uint32_t age = now - instance->since;

        if (instance->browse != browse || age > instance->lives / 2u ||
            !instance_name(instance->label, type_of_instances(browse), &found))
            continue;
        tcpip_dns_open_record(writer, &wanted, DNS_TYPE_PTR, DNS_CLASS_IN,
                              (instance->lives - age) / SECOND_MS);
        tcpip_dns_put_name(writer, &found);
        (void)tcpip_dns_close_record(writer, DNS_ANSWERS); /* without room it is told again */
    }
}

static void ask(const struct tcpip_mdns_browse *browse)
{
    struct tcpip_end_point *link = NULL;
    struct names_message message;

    while (type_name(browse, &wanted) && (link = tcpip_names_next_link(link)) != NULL) {
        tcpip_names_begin(&message, 0, 0);
        (void)tcpip_dns_write_question(&message.writer, &wanted, DNS_TYPE_PTR, DNS_CLASS_IN);
        write_known(&message.writer, browse);
        tcpip_mdns_send(&message, link, NULL);
    }
}

static void forget(struct instance *instance)
{
    struct tcpip_mdns_browse *browse = instance->browse;

    instance->browse = NULL;
    browse->changed(browse, instance->label, false);
}

/* Has the type asked for when an instance is near its end. */
static void look_after(struct instance *instance, uint32_t now)
{
    if (instance->browse == NULL || !tcpip_time_reached(now, next_look(instance)))
        return;
    if (now - instance->since >= instance->lives) {
        forget(instance);
        return;
    }
    uint32_t soonest = instance->browse->asked + FIRST_PAUSE_MS;
    uint32_t due = tcpip_time_reached(now, soonest) ? now : soonest;

    instance->refreshed++;
    if (!tcpip_time_reached(due, instance->browse->due))
        instance->browse->due = due;
}

static void note_asked(struct tcpip_mdns_browse *browse, uint32_t now)
{
    browse->asked = now;
    browse->due = now + browse->pause;
    browse->pause = browse->pause < LONGEST_PAUSE_MS / 2 ? browse->pause * 2 : LONGEST_PAUSE_MS;
}

static void fire(void *context)
{
    uint32_t now = tcpip_os_now();

    for (size_t i = 0; i < ipconfigMDNS_INSTANCES; i++)
        look_after(&instances[i], now);
    for (struct tcpip_mdns_browse *browse = browses; browse != NULL; browse = browse->next) {
        if (!tcpip_time_reached(now, browse->due))
            continue;
        ask(browse);
        note_asked(browse, now);
    }
    set_timer();
}

/* 7.3: what somebody else asks everybody, without knowing anything yet, need not be asked again. */
static void hear_question(const struct dns_message *message, const struct dns_record *question)
{
    uint32_t now = tcpip_os_now();

    for (struct tcpip_mdns_browse *browse = browses; browse != NULL; browse = browse->next)
        if (question->type == DNS_TYPE_PTR && question->class == DNS_CLASS_IN &&
            tcpip_time_reached(now + FIRST_PAUSE_MS, browse->due) && type_name(browse, &wanted) &&
            tcpip_dns_is_name(message, question->owner, &wanted))
            note_asked(browse, now);
    set_timer();
}

static void hear_query(const struct mdns_query *query)
{
    struct dns_cursor cursor = tcpip_dns_cursor(query->header);
    struct dns_record question;

    while (query->header->answers == 0 && !query->legacy &&
           tcpip_dns_next(query->message, &cursor, &question) && cursor.section == DNS_QUESTIONS)
        hear_question(query->message, &question);
}

static void start(struct tcpip_mdns_browse *browse)
{
    browse->due = tcpip_os_now() + tcpip_mdns_random(LEAST_DELAY_MS, DELAY_RANGE_MS);
    browse->asked = tcpip_os_now() - FIRST_PAUSE_MS;
    browse->pause = FIRST_PAUSE_MS;
}

bool tcpip_mdns_browse_begin(struct tcpip_mdns_browse *browse)
{
    use();
    tcpip_mdns_browse_end(browse);
    if (!type_name(browse, &wanted) || wanted.size > DNS_NAME_MAX - TCPIP_MDNS_LABEL_SIZE)
        return false;
    start(browse);
    browse->next = browses;
    browses = browse;
    set_timer();
    return true;
}

void tcpip_mdns_browse_end(struct tcpip_mdns_browse *browse)
{
    struct tcpip_mdns_browse **at = &browses;

    while (*at != NULL && *at != browse)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = browse->next;
    for (size_t i = 0; i < ipconfigMDNS_INSTANCES; i++)
        if (instances[i].browse == browse)
            instances[i].browse = NULL;
    set_timer();
}

static void end_point_changed(struct tcpip_end_point *link, enum tcpip_end_point_event event)
{
    if (event != TCPIP_END_POINT_WENT_UP)
        return;
    for (struct tcpip_mdns_browse *browse = browses; browse != NULL; browse = browse->next)
        start(browse);
    set_timer();
}

/* --- answers ----------------------------------------------------------------------------------- */

/* Takes the first label of an instance's name as text. False: the rest is not the type, or the label
 * holds a zero. */
static bool read_label(const struct dns_message *message, size_t at,
                       const struct tcpip_mdns_browse *browse, char label[TCPIP_MDNS_LABEL_SIZE])
{
    const struct dns_message own = {found.bytes, DNS_NAME_MAX};

    if (!tcpip_dns_read_name(message, at, &found))
        return false;
    size_t length = found.bytes[0];
    memcpy(label, found.bytes + 1, length);
    label[length] = '\0';
    return length > 0 && strlen(label) == length &&
           tcpip_dns_name_from_text(&wanted, type_of_instances(browse), "local") &&
           tcpip_dns_is_name(&own, 1 + length, &wanted);
}

static struct instance *find(const struct tcpip_mdns_browse *browse, const char *label)
{
    for (size_t i = 0; i < ipconfigMDNS_INSTANCES; i++)
        if (instances[i].browse == browse &&
            (label == NULL || strcmp(instances[i].label, label) == 0))
            return &instances[i];
    return NULL;
}

static void note_instance(struct tcpip_mdns_browse *browse, const char *label, uint32_t ttl)
{
    struct instance *instance = find(browse, label);
    bool is_new = instance == NULL;

    if (is_new && (ttl == 0 || (instance = find(NULL, NULL)) == NULL))
        return;
    if (is_new) {
        instance->browse = browse;
        memcpy(instance->label, label, strlen(label) + 1);
    }
    instance->since = tcpip_os_now();
    instance->lives = (ttl < LONGEST_LIFE ? ttl : LONGEST_LIFE) * SECOND_MS;
    instance->refreshed = 0;
    if (ttl == 0) { /* 10.1: gone in a second, unless somebody objects */
        instance->lives = SECOND_MS;
        instance->refreshed = REFRESHES;
    }
    set_timer();
    if (is_new)
        browse->changed(browse, label, true);
}

static void hear_instance(const struct dns_message *message, const struct dns_record *record)
{
    char label[TCPIP_MDNS_LABEL_SIZE];
    struct tcpip_mdns_browse *next;

    for (struct tcpip_mdns_browse *browse = browses; browse != NULL; browse = next) {
        next = browse->next;
        if (type_name(browse, &wanted) && tcpip_dns_is_name(message, record->owner, &wanted) &&
            read_label(message, record->data, browse, label))
            note_instance(browse, label, record->ttl);
    }
}

/* --- what an instance leads to ------------------------------------------------------------------ */

static bool name_of(const struct tcpip_mdns_resolution *resolution, struct dns_name *name)
{
    return instance_name(resolution->instance, resolution->type, name);
}

static void ask_again(void *context)
{
    struct tcpip_mdns_resolution *resolution = context;
    struct tcpip_end_point *link = NULL;
    struct names_message message;

    while (name_of(resolution, &wanted) && (link = tcpip_names_next_link(link)) != NULL) {
        tcpip_names_begin(&message, 0, 0);
        (void)tcpip_dns_write_question(&message.writer, &wanted, DNS_TYPE_SRV, DNS_CLASS_IN);
        (void)tcpip_dns_write_question(&message.writer, &wanted, DNS_TYPE_TXT, DNS_CLASS_IN);
        tcpip_mdns_send(&message, link, NULL);
    }
    if (resolution->tries < 11)
        resolution->tries++;
    tcpip_timer_start(&resolution->timer, (uint32_t)FIRST_PAUSE_MS << (resolution->tries - 1));
}

bool tcpip_mdns_resolve_begin(struct tcpip_mdns_resolution *resolution)
{
    use();
    if (!name_of(resolution, &wanted))
        return false;
    resolution->has_srv = false;
    resolution->has_txt = false;
    resolution->tries = 0;
    resolution->next = resolutions;
    resolutions = resolution;
    tcpip_timer_init(&resolution->timer, ask_again, resolution);
    tcpip_timer_start(&resolution->timer, 0);
    return true;
}

void tcpip_mdns_resolve_cancel(struct tcpip_mdns_resolution *resolution)
{
    struct tcpip_mdns_resolution **at = &resolutions;

    while (*at != NULL && *at != resolution)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = resolution->next;
    tcpip_timer_stop(&resolution->timer);
}

static void take_txt(const struct dns_message *message, const struct dns_record *record,
                     struct tcpip_mdns_target *target)
{
    size_t size = record->size < target->txt_room ? record->size : target->txt_room;

    target->txt_size = record->size;
    if (size > 0)
        memcpy(target->txt, message->bytes + record->data, size);
}

/* The host's addresses most often come along. */
static void remember_addresses(const struct dns_message *message, const char *host)
{
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
    uint32_t ttl;

    if (!tcpip_dns_name_from_text(&found, host, NULL))
        return;
    for (uint8_t family = TCPIP_IPV4; family <= TCPIP_IPV6; family += TCPIP_IPV6 - TCPIP_IPV4) {
        size_t count = tcpip_mdns_addresses(message, &found, family, addresses,
                                            ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY, &ttl);

        if (count > 0)
            tcpip_dns_cache_add(&found, family, ttl, addresses, count);
    }
}

static void hear_target(const struct dns_message *message, const struct dns_record *record,
                        struct tcpip_mdns_resolution *resolution)
{
    struct tcpip_mdns_target *target = resolution->target;

    if (record->type == DNS_TYPE_TXT) {
        take_txt(message, record, target);
        resolution->has_txt = true;
    } else if (tcpip_dns_text_of(message, record->data + 6, target->host, sizeof target->host)) {
        target->port = tcpip_get_be16(message->bytes + record->data + 4);
        resolution->has_srv = true;
    }
    if (resolution->has_srv && resolution->has_txt) {
        remember_addresses(message, target->host);
        tcpip_mdns_resolve_cancel(resolution);
        resolution->done(resolution);
    }
}

static void hear_record(const struct tcpip_end_point *link, const struct dns_message *message,
                        const struct dns_record *record)
{
    struct tcpip_mdns_resolution *next;

    if (record->class % MDNS_UNIQUE != DNS_CLASS_IN)
        return;
    if (record->type == DNS_TYPE_PTR)
        hear_instance(message, record);
    if ((record->type != DNS_TYPE_SRV && record->type != DNS_TYPE_TXT) || record->ttl == 0)
        return;
    for (struct tcpip_mdns_resolution *each = resolutions; each != NULL; each = next) {
        next = each->next;
        if (name_of(each, &wanted) && tcpip_dns_is_name(message, record->owner, &wanted))
            hear_target(message, record, each);
    }
}

static void stop(void)
{
    browses = NULL;
    while (resolutions != NULL) {
        struct tcpip_mdns_resolution *resolution = resolutions;

        tcpip_mdns_resolve_cancel(resolution);
        resolution->done(resolution); /* with nothing found */
    }
    tcpip_timer_stop(&timer);
}

static struct mdns_part browser = {
    .end_point_changed = end_point_changed,
    .hear_query = hear_query,
    .hear_record = hear_record,
    .stop = stop,
};

#endif
