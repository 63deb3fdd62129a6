/* SPDX-License-Identifier: MIT */
/*
 * The responder as a whole: our names, how they become ours, and what is answered.
 */
#include "client/mdns_out.h"

#if ipconfigUSE_MDNS

void tcpip_mdns_send_set(struct tcpip_end_point *link, const struct mdns_set *set,
                         enum mdns_sense sense)
{
    struct mdns_set left = *set, related = {0};
    struct names_message message;
    bool progress = true, all = tcpip_mdns_is_empty(set);

    if (sense == MDNS_ANSWER)
        tcpip_mdns_add_related(set, link->interface, &related);
    while (!all && progress) {
        tcpip_names_begin(&message, 0, MDNS_FLAGS_RESPONSE);
        all = tcpip_mdns_write(&message.writer, link->interface, &left, DNS_ANSWERS, sense);
        progress = message.writer.at > DNS_HEADER_SIZE;
        if (all && progress)
            (void)tcpip_mdns_write(&message.writer, link->interface, &related, DNS_ADDITIONALS,
                                   sense);
        tcpip_mdns_send(&message, link, NULL);
    }
    tcpip_mdns_note_sent(link, set);
}

static void say_goodbye(size_t subject)
{
    const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);
    struct tcpip_end_point *link = NULL;
    struct mdns_set set = {0};

    if (claim == NULL || claim->phase < MDNS_ANNOUNCING)
        return;
    /* That there is the type at all others may still say. */
    set.facts[subject] = (uint8_t)(tcpip_mdns_facts_of(subject) & ~MDNS_META);
    while ((link = tcpip_names_next_link(link)) != NULL)
        tcpip_mdns_send_set(link, &set, MDNS_GOODBYE);
}

static void stop(void)
{
    for (size_t subject = MDNS_SUBJECTS; subject-- > 0;) {
        say_goodbye(subject);
        if (subject > 0)
            tcpip_mdns_disown(subject);
    }
    tcpip_mdns_own_host(NULL);
    tcpip_mdns_claims_stop();
    tcpip_mdns_answers_stop(NULL);
}

static void hear_record(const struct tcpip_end_point *link, const struct dns_message *message,
                        const struct dns_record *record)
{
    tcpip_mdns_claim_hear_record(message, record);
    tcpip_mdns_hear_answer(link, message, record);
}

static void end_point_changed(struct tcpip_end_point *link, enum tcpip_end_point_event event)
{
    if (event == TCPIP_END_POINT_CONFLICT)
        return;
    tcpip_mdns_answers_stop(link);
    if (event == TCPIP_END_POINT_WENT_UP)
        tcpip_mdns_claim_all();
    for (size_t subject = 0; event == TCPIP_END_POINT_RECONFIGURED && subject < MDNS_SUBJECTS;
         subject++)
        if (tcpip_mdns_claim_of(subject) != NULL)
            tcpip_mdns_announce(subject); /* 8.4: perhaps with another address */
}

static struct mdns_part responder = {
    .end_point_changed = end_point_changed,
    .hear_query = tcpip_mdns_answer,
    .hear_record = hear_record,
    .owns = tcpip_mdns_owns,
    .stop = stop,
};

void tcpip_mdns_claim_host(const char *label, void (*claimed)(const char *host))
{
    if (tcpip_mdns_use(&responder)) {
        tcpip_mdns_claims_init();
        tcpip_mdns_answers_init();
    }
    stop();
    tcpip_mdns_own_host(label);
    tcpip_mdns_claimed = claimed;
    if (label != NULL)
        tcpip_mdns_claim(0);
}

bool tcpip_mdns_claim_service(struct tcpip_mdns_service *service)
{
    bool sound = tcpip_mdns_own_service(service);

    if (sound)
        tcpip_mdns_claim(tcpip_mdns_subject_of(service));
    return sound;
}

void tcpip_mdns_give_up(struct tcpip_mdns_service *service)
{
    size_t subject = tcpip_mdns_subject_of(service);

    if (subject == 0)
        return;
    say_goodbye(subject);
    tcpip_mdns_disown(subject);
}

#endif
