/* SPDX-License-Identifier: MIT */
/*
 * How a name becomes ours (RFC 6762 8 and 9): three probes a quarter of a second apart, then two
 * announcements a second apart, for all names that are at the same point in one message. A name
 * whose probe meets somebody who has it gets a number and begins again; one that is ours and met a
 * contradiction is only probed again, for perhaps the other gives in.
 */
#include "client/mdns_out.h"

#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"

#if ipconfigUSE_MDNS

enum {
    PROBES = 3,
    PROBE_PAUSE_MS = 250,
    ANNOUNCEMENTS = 2,
    ANNOUNCE_PAUSE_MS = 1000,
    DEFER_MS = 1000,        /* after a tie that was lost, 8.2 */
    CONFLICTS_MAX = 15,     /* within … */
    CONFLICTS_MS = 10000,   /* … before each attempt … */
    CONFLICTS_PAUSE = 5000, /* … waits so long, 8.1 */
    NUMBER_MAX = 9999,
};

void (*tcpip_mdns_claimed)(const char *host);

static struct tcpip_timer timer;
static uint32_t conflicts_since;
static unsigned conflicts;
static struct dns_name contested; /* while a probe of somebody else is read */

static void fire(void *context);

void tcpip_mdns_claims_init(void)
{
    tcpip_timer_init(&timer, fire, NULL);
    conflicts = 0;
}

void tcpip_mdns_claims_stop(void)
{
    tcpip_timer_stop(&timer);
}

static bool is_moving(const struct tcpip_mdns_claim *claim)
{
    return claim != NULL && (claim->phase == MDNS_PROBING || claim->phase == MDNS_ANNOUNCING);
}

/* Wakes up for the claim that is due first. Without a link nothing is due. */
static void set_timer(void)
{
    uint32_t now = tcpip_os_now(), wait = TCPIP_TIMER_FOREVER;

    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++) {
        const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

        if (!is_moving(claim))
            continue;
        uint32_t left = tcpip_time_reached(now, claim->due) ? 0 : claim->due - now;
        if (left < wait)
            wait = left;
    }
    if (wait == TCPIP_TIMER_FOREVER || tcpip_names_next_link(NULL) == NULL)
        tcpip_timer_stop(&timer);
    else
        tcpip_timer_start(&timer, wait);
}

static void enter(struct tcpip_mdns_claim *claim, enum mdns_phase phase, uint32_t pause)
{
    claim->phase = (uint8_t)phase;
    claim->sent = 0;
    claim->due = tcpip_os_now() + pause;
    set_timer();
}

void tcpip_mdns_claim(size_t subject)
{
    enter(tcpip_mdns_claim_of(subject), MDNS_PROBING, tcpip_mdns_random(0, PROBE_PAUSE_MS));
}

void tcpip_mdns_claim_all(void)
{
    uint32_t pause = tcpip_mdns_random(0, PROBE_PAUSE_MS); /* together, so that one message does */

    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++) {
        struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

        if (claim != NULL)
            enter(claim, MDNS_PROBING, pause);
    }
}

void tcpip_mdns_announce(size_t subject)
{
    struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

    if (claim->phase >= MDNS_ANNOUNCING)
        enter(claim, MDNS_ANNOUNCING, 0);
}

/* --- sending ----------------------------------------------------------------------------------- */

/* A probe for the subjects of a set of facts, 8.1: questions, and what we would say. */
static void write_probe(struct names_message *message, const struct tcpip_end_point *link,
                        const struct mdns_set *set)
{
    struct mdns_set proposal = *set;

    tcpip_names_begin(message, 0, 0);
    tcpip_mdns_write_questions(&message->writer, set);
    (void)tcpip_mdns_write(&message->writer, link->interface, &proposal, DNS_AUTHORITIES,
                           MDNS_PROPOSAL); /* what has no room cannot win a tie */
}

static void send_everywhere(const struct mdns_set *probes, const struct mdns_set *announcements)
{
    struct tcpip_end_point *link = NULL;
    struct names_message message;

    while ((link = tcpip_names_next_link(link)) != NULL) {
        if (!tcpip_mdns_is_empty(probes)) {
            write_probe(&message, link, probes);
            tcpip_mdns_send(&message, link, NULL);
        }
        tcpip_mdns_send_set(link, announcements, MDNS_ANSWER);
    }
}

static void tell(size_t subject)
{
    struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    char label[TCPIP_MDNS_LABEL_SIZE];

    (void)tcpip_mdns_label(subject, label);
    if (service != NULL && service->claimed != NULL)
        service->claimed(service, label);
    else if (service == NULL && tcpip_mdns_claimed != NULL)
        tcpip_mdns_claimed(label);
}

/* The name is ours. A host that got another name than its services announce has them announced
 * again. */
static void take(size_t subject, struct tcpip_mdns_claim *claim)
{
    enter(claim, MDNS_ANNOUNCING, 0);
    conflicts = 0;
    tell(subject);
    for (size_t other = 1; subject == 0 && other < MDNS_SUBJECTS; other++)
        if (tcpip_mdns_claim_of(other) != NULL)
            tcpip_mdns_announce(other);
}

/* One step of a claim that is due: what is to be said now. */
static void step(size_t subject, struct tcpip_mdns_claim *claim, struct mdns_set *probes,
                 struct mdns_set *announcements)
{
    if (claim->phase == MDNS_PROBING && claim->sent == PROBES)
        take(subject, claim);
    if (claim->phase == MDNS_PROBING) {
        probes->facts[subject] = (uint8_t)(tcpip_mdns_facts_of(subject) & ~MDNS_SHARED);
        claim->due = tcpip_os_now() + PROBE_PAUSE_MS;
    } else {
        announcements->facts[subject] = tcpip_mdns_facts_of(subject);
        claim->due = tcpip_os_now() + ANNOUNCE_PAUSE_MS;
    }
    claim->sent++;
    if (claim->phase == MDNS_ANNOUNCING && claim->sent == ANNOUNCEMENTS)
        claim->phase = MDNS_HELD;
}

static void fire(void *context)
{
    struct mdns_set probes = {0}, announcements = {0};
    uint32_t now = tcpip_os_now();

    if (tcpip_names_next_link(NULL) == NULL)
        return; /* when one comes up all begins anew */
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++) {
        struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

        if (is_moving(claim) && tcpip_time_reached(now, claim->due))
            step(subject, claim, &probes, &announcements);
    }
    send_everywhere(&probes, &announcements);
    set_timer();
}

/* --- others ------------------------------------------------------------------------------------ */

static uint32_t pause_after_conflict(void)
{
    uint32_t now = tcpip_os_now();

    if (conflicts >= CONFLICTS_MAX)
        return CONFLICTS_PAUSE; /* until a name is ours */
    if (conflicts == 0 || now - conflicts_since > CONFLICTS_MS) {
        conflicts = 0;
        conflicts_since = now;
    }
    conflicts++;
    return tcpip_mdns_random(0, PROBE_PAUSE_MS);
}

void tcpip_mdns_claim_hear_record(const struct dns_message *message,
                                  const struct dns_record *record)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++) {
        struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

        if (claim == NULL || !tcpip_mdns_contradicts(message, record, subject))
            continue;
        if (claim->phase == MDNS_PROBING && claim->number < NUMBER_MAX)
            claim->number = (uint16_t)(claim->number == 0 ? 2 : claim->number + 1);
        enter(claim, MDNS_PROBING, pause_after_conflict());
    }
}

/* Somebody proposes records for a name for which we probe as well. */
static void settle_tie(size_t subject, struct tcpip_mdns_claim *claim,
                       const struct dns_message *theirs, const struct tcpip_end_point *link)
{
    struct mdns_set set = {0};
    struct names_message message;

    set.facts[subject] = (uint8_t)(tcpip_mdns_facts_of(subject) & ~MDNS_SHARED);
    write_probe(&message, link, &set);
    if (message.frame == NULL)
        return;
    const struct dns_message ours = {message.writer.bytes, message.writer.at};
    if (tcpip_mdns_compare_probes(&ours, theirs, &contested) < 0)
        enter(claim, MDNS_PROBING, DEFER_MS);
    tcpip_frame_release(message.frame);
}

static bool proposes(const struct dns_message *message)
{
    struct dns_header header;
    struct dns_record record;

    if (!tcpip_dns_read_header(message, &header))
        return false;
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    while (tcpip_dns_next(message, &cursor, &record))
        if (cursor.section == DNS_AUTHORITIES &&
            tcpip_dns_is_name(message, record.owner, &contested))
            return true;
    return false;
}

void tcpip_mdns_claim_hear_probe(const struct dns_message *message, struct tcpip_end_point *link)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++) {
        struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

        if (claim != NULL && claim->phase == MDNS_PROBING &&
            tcpip_mdns_name_of(subject, &contested) && proposes(message))
            settle_tie(subject, claim, message, link);
    }
}

#endif
