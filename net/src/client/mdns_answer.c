/* SPDX-License-Identifier: MIT */
/*
 * Answers (RFC 6762 6 and 7). What is asked becomes a set of facts, from which is taken what the
 * querier knows and what everybody was told within the last second. An answer that others may have as
 * well waits a random while, in which further questions join it; one whose querier announces more
 * known answers waits for those. There are few places for waiting answers: without one an answer
 * leaves at once.
 */
#include "client/mdns_out.h"

#include "core/os.h"
#include "core/timer.h"

#if ipconfigUSE_MDNS

enum {
    WAITING_MAX = 4,
    SECOND_MS = 1000,
    DEFENCE_MS = 250,      /* to probes more often, 6 */
    LEAST_WAIT_MS = 20,    /* of shared records, 6 */
    LEAST_WAIT_MORE = 400, /* when more known answers follow, 7.2 */
    WAIT_RANGE_MS = 100,
};

struct waiting {
    struct tcpip_end_point *link; /* NULL: free */
    uint32_t due;
    bool more_follows;
    struct tcpip_address querier; /* from whom more follows */
    struct mdns_set set;
};

static struct waiting waiting[WAITING_MAX];
static struct tcpip_timer timer;

/* When everybody was last told. */
static uint32_t sent_at[ipconfigMAX_INTERFACES][MDNS_SUBJECTS][MDNS_FACTS];

/* A query, while it is read. */
struct reading {
    const struct mdns_query *query;
    struct mdns_set asked;   /* for everybody to hear */
    struct mdns_set private; /* for the querier alone, if everybody was told not long ago */
    struct dns_record first; /* question */
    bool has_first;
    bool probe;
};

static void fire(void *context);

void tcpip_mdns_answers_init(void)
{
    uint32_t long_ago = tcpip_os_now() - 2u * MDNS_TTL_OTHER * SECOND_MS;

    memset(waiting, 0, sizeof waiting);
    for (size_t i = 0; i < sizeof sent_at / sizeof(uint32_t); i++)
        ((uint32_t *)sent_at)[i] = long_ago;
    tcpip_timer_init(&timer, fire, NULL);
}

static void set_timer(void)
{
    uint32_t now = tcpip_os_now(), wait = TCPIP_TIMER_FOREVER;

    for (size_t i = 0; i < WAITING_MAX; i++)
        if (waiting[i].link != NULL) {
            uint32_t left = tcpip_time_reached(now, waiting[i].due) ? 0 : waiting[i].due - now;

            wait = left < wait ? left : wait;
        }
    if (wait == TCPIP_TIMER_FOREVER)
        tcpip_timer_stop(&timer);
    else
        tcpip_timer_start(&timer, wait);
}

void tcpip_mdns_answers_stop(const struct tcpip_end_point *link)
{
    for (size_t i = 0; i < WAITING_MAX; i++)
        if (link == NULL || waiting[i].link == link)
            waiting[i].link = NULL;
    set_timer();
}

/* --- what was sent when ------------------------------------------------------------------------- */

static uint32_t (*sent_on(const struct tcpip_interface *interface))[MDNS_FACTS]
{
    const struct tcpip_interface *each = tcpip_interfaces();
    size_t index = 0;

    for (; each != interface && index + 1 < ipconfigMAX_INTERFACES; each = each->next)
        index++;
    return sent_at[index];
}

void tcpip_mdns_note_sent(const struct tcpip_end_point *link, const struct mdns_set *set)
{
    uint32_t(*sent)[MDNS_FACTS] = sent_on(link->interface);

    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        for (size_t fact = 0; fact < MDNS_FACTS; fact++)
            if ((set->facts[subject] >> fact & 1) != 0)
                sent[subject][fact] = tcpip_os_now();
}

/* Those of a set that everybody was told within the last `ms`; 0: within a quarter of their life. */
static struct mdns_set sent_within(const struct tcpip_end_point *link, const struct mdns_set *set,
                                   uint32_t ms)
{
    uint32_t(*sent)[MDNS_FACTS] = sent_on(link->interface);
    struct mdns_set recent = {0};

    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        for (size_t fact = 0; fact < MDNS_FACTS; fact++) {
            uint8_t bit = (uint8_t)(1u << fact);
            uint32_t limit = ms != 0 ? ms
                                     : tcpip_mdns_ttl_of((enum mdns_fact)bit) * (SECOND_MS / 4u);

            if ((set->facts[subject] & bit) != 0 && tcpip_os_now() - sent[subject][fact] < limit)
                recent.facts[subject] |= bit;
        }
    return recent;
}

static void remove_from(struct mdns_set *set, const struct mdns_set *other)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        set->facts[subject] &= (uint8_t)~other->facts[subject];
}

static void add_to(struct mdns_set *set, const struct mdns_set *other)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        set->facts[subject] |= other->facts[subject];
}

static bool has_shared(const struct mdns_set *set)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        if ((set->facts[subject] & MDNS_SHARED) != 0)
            return true;
    return false;
}

/* --- answers that wait -------------------------------------------------------------------------- */

static void fire(void *context)
{
    uint32_t now = tcpip_os_now();

    for (size_t i = 0; i < WAITING_MAX; i++) {
        struct waiting *answer = &waiting[i];
        struct tcpip_end_point *link = answer->link;

        if (link == NULL || !tcpip_time_reached(now, answer->due))
            continue;
        answer->link = NULL;
        struct mdns_set recent = sent_within(link, &answer->set, SECOND_MS);
        remove_from(&answer->set, &recent);
        tcpip_mdns_send_set(link, &answer->set, MDNS_ANSWER);
    }
    set_timer();
}

/* A place for an answer that waits: with others of the link, unless it is to be made smaller. */
static struct waiting *find_place(const struct mdns_query *query, bool more_follows)
{
    struct waiting *free = NULL;

    for (size_t i = 0; i < WAITING_MAX; i++) {
        if (waiting[i].link == NULL)
            free = &waiting[i];
        else if (waiting[i].link == query->link && !waiting[i].more_follows && !more_follows)
            return &waiting[i];
    }
    return free;
}

static void put_off(const struct mdns_query *query, const struct mdns_set *asked)
{
    bool more_follows = (query->header->flags & DNS_FLAG_TRUNCATED) != 0;
    struct waiting *answer = find_place(query, more_follows);

    if (answer == NULL) {
        tcpip_mdns_send_set(query->link, asked, MDNS_ANSWER);
        return;
    }
    if (answer->link == NULL) {
        *answer = (struct waiting){
            .link = query->link, .more_follows = more_follows, .querier = query->from->address};
        answer->due = tcpip_os_now() +
                      tcpip_mdns_random(more_follows ? LEAST_WAIT_MORE : LEAST_WAIT_MS,
                                        WAIT_RANGE_MS);
    }
    add_to(&answer->set, asked);
    set_timer();
}

/* More known answers of a querier that announced them. */
static void shrink_waiting(const struct mdns_query *query, const struct dns_record *known)
{
    for (size_t i = 0; i < WAITING_MAX; i++)
        if (waiting[i].link == query->link && waiting[i].more_follows &&
            tcpip_address_equal(&waiting[i].querier, &query->from->address))
            tcpip_mdns_suppress(query->message, known, query->link->interface, &waiting[i].set);
}

void tcpip_mdns_hear_answer(const struct tcpip_end_point *link, const struct dns_message *message,
                            const struct dns_record *record)
{
    for (size_t i = 0; i < WAITING_MAX; i++)
        if (waiting[i].link == link && record->ttl >= MDNS_TTL_OTHER)
            tcpip_mdns_suppress(message, record, link->interface, &waiting[i].set);
}

/* --- answers to one ----------------------------------------------------------------------------- */

static void answer_privately(const struct reading *reading, const struct mdns_set *wanted)
{
    const struct mdns_query *query = reading->query;
    const struct tcpip_interface *interface = query->link->interface;
    enum mdns_sense sense = query->legacy ? MDNS_LEGACY : MDNS_ANSWER;
    struct mdns_set set = *wanted, related = {0};
    struct names_message message;

    if (tcpip_mdns_is_empty(&set))
        return;
    tcpip_mdns_add_related(&set, interface, &related);
    tcpip_mdns_begin_reply(query, &reading->first, &message);
    if (tcpip_mdns_write(&message.writer, interface, &set, DNS_ANSWERS, sense))
        (void)tcpip_mdns_write(&message.writer, interface, &related, DNS_ADDITIONALS, sense);
    tcpip_mdns_send(&message, query->link, query->from);
}

/* --- queries ------------------------------------------------------------------------------------ */

static void read_query(struct reading *reading)
{
    const struct dns_message *message = reading->query->message;
    const struct tcpip_interface *interface = reading->query->link->interface;
    struct dns_cursor cursor = tcpip_dns_cursor(reading->query->header);
    struct dns_record record;

    while (tcpip_dns_next(message, &cursor, &record)) {
        if (cursor.section == DNS_QUESTIONS) {
            if (!reading->has_first)
                reading->first = record;
            reading->has_first = true;
            tcpip_mdns_match(message, &record, interface,
                             (record.class & MDNS_UNICAST) != 0 ? &reading->private
                                                                : &reading->asked);
        } else if (cursor.section == DNS_ANSWERS) {
            tcpip_mdns_suppress(message, &record, interface, &reading->asked);
            tcpip_mdns_suppress(message, &record, interface, &reading->private);
            if (!reading->has_first)
                shrink_waiting(reading->query, &record);
        } else {
            reading->probe = reading->probe || cursor.section == DNS_AUTHORITIES;
        }
    }
}

void tcpip_mdns_answer(const struct mdns_query *query)
{
    struct reading reading = {.query = query};
    struct tcpip_end_point *link = query->link;

    read_query(&reading);
    if (reading.probe)
        tcpip_mdns_claim_hear_probe(query->message, link);
    if (query->legacy) {
        add_to(&reading.asked, &reading.private);
        answer_privately(&reading, &reading.asked);
        return;
    }
    struct mdns_set recent = sent_within(link, &reading.private, 0);
    answer_privately(&reading, &recent);
    remove_from(&reading.private, &recent);
    add_to(&reading.asked, &reading.private); /* 5.4: time that everybody hears it */
    recent = sent_within(link, &reading.asked, reading.probe ? DEFENCE_MS : SECOND_MS);
    remove_from(&reading.asked, &recent);
    if (tcpip_mdns_is_empty(&reading.asked))
        return;
    if (has_shared(&reading.asked) || (query->header->flags & DNS_FLAG_TRUNCATED) != 0)
        put_off(query, &reading.asked);
    else
        tcpip_mdns_send_set(link, &reading.asked, MDNS_ANSWER);
}

#endif
