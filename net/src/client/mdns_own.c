/* SPDX-License-Identifier: MIT */
/*
 * A table says of each fact which name owns its record, of what type it is, and which name it leads
 * to; everything else goes along that table.
 */
#include "client/mdns_own.h"

#include "client/on_link.h"

#if ipconfigUSE_MDNS

enum { HOST = 0, LONGEST_NUMBER = 7 /* " (9999)" */ };

/* Names that a subject has to do with. */
enum name_kind { NAME_OWN, NAME_HOST, NAME_TYPE, NAME_SUBTYPE, NAME_META, NAME_NONE };

struct fact {
    uint8_t bit;
    uint8_t owner;
    uint8_t leads_to;
    uint8_t type;
    uint16_t ttl;
};

static const struct fact facts[MDNS_FACTS] = {
    {MDNS_A, NAME_OWN, NAME_NONE, DNS_TYPE_A, MDNS_TTL_HOST},
    {MDNS_AAAA, NAME_OWN, NAME_NONE, DNS_TYPE_AAAA, MDNS_TTL_HOST},
    {MDNS_SRV, NAME_OWN, NAME_HOST, DNS_TYPE_SRV, MDNS_TTL_HOST},
    {MDNS_TXT, NAME_OWN, NAME_NONE, DNS_TYPE_TXT, MDNS_TTL_OTHER},
    {MDNS_PTR, NAME_TYPE, NAME_OWN, DNS_TYPE_PTR, MDNS_TTL_OTHER},
    {MDNS_SUBTYPE, NAME_SUBTYPE, NAME_OWN, DNS_TYPE_PTR, MDNS_TTL_OTHER},
    {MDNS_META, NAME_META, NAME_TYPE, DNS_TYPE_PTR, MDNS_TTL_OTHER},
    {MDNS_NOT_MORE, NAME_OWN, NAME_OWN, DNS_TYPE_NSEC, MDNS_TTL_HOST},
};

static const char *host_label;
static struct tcpip_mdns_claim host_claim;
static struct tcpip_mdns_service *services[ipconfigMDNS_SERVICES];

/* Names while they are compared or written: only the stack's task does that, one at a time. */
static struct dns_name owner, target;

struct tcpip_mdns_service *tcpip_mdns_service_at(size_t subject)
{
    return subject == HOST ? NULL : services[subject - 1];
}

struct tcpip_mdns_claim *tcpip_mdns_claim_of(size_t subject)
{
    if (subject == HOST)
        return host_label != NULL ? &host_claim : NULL;
    return services[subject - 1] != NULL ? &services[subject - 1]->claim : NULL;
}

size_t tcpip_mdns_subject_of(const struct tcpip_mdns_service *service)
{
    for (size_t subject = 1; subject < MDNS_SUBJECTS; subject++)
        if (services[subject - 1] == service)
            return subject;
    return 0;
}

static bool is_ours(size_t subject)
{
    const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);

    return claim != NULL && claim->phase >= MDNS_ANNOUNCING;
}

/* "-2" behind a host's label, " (2)" behind an instance's; RFC 6762 9. */
static size_t put_number(char *at, uint16_t number, bool is_host)
{
    char digits[5];
    size_t count = 0, size = 0;

    for (; number > 0; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    at[size++] = is_host ? '-' : ' ';
    if (!is_host)
        at[size++] = '(';
    while (count > 0)
        at[size++] = digits[--count];
    if (!is_host)
        at[size++] = ')';
    return size;
}

size_t tcpip_mdns_label(size_t subject, char label[TCPIP_MDNS_LABEL_SIZE])
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);
    const char *base = service != NULL && service->instance != NULL ? service->instance
                                                                    : host_label;
    size_t room = claim->number != 0 ? DNS_LABEL_MAX - LONGEST_NUMBER : DNS_LABEL_MAX;
    size_t size = strlen(base);

    if (size > room)
        for (size = room; size > 0 && (uint8_t)base[size] / 64u == 2; size--) /* a whole letter */
            ;
    memcpy(label, base, size);
    if (claim->number != 0)
        size += put_number(label + size, claim->number, subject == HOST);
    label[size] = '\0';
    return size;
}

static bool append_own(size_t subject, struct dns_name *name)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    char label[TCPIP_MDNS_LABEL_SIZE];

    return tcpip_dns_append_label(name, label, tcpip_mdns_label(subject, label)) &&
           (service == NULL || tcpip_dns_append_text(name, service->type));
}

static bool build(size_t subject, enum name_kind kind, struct dns_name *name)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    bool built = false;

    name->size = 0;
    if (kind == NAME_HOST)
        built = host_label != NULL && append_own(HOST, name);
    else if (kind == NAME_OWN)
        built = append_own(subject, name);
    else if (kind == NAME_META)
        built = tcpip_dns_append_text(name, "_services._dns-sd._udp");
    else if (kind == NAME_TYPE)
        built = tcpip_dns_append_text(name, service->type);
    else if (kind == NAME_SUBTYPE && service->subtype != NULL)
        built = tcpip_dns_append_text(name, service->subtype) &&
                tcpip_dns_append_text(name, "_sub") && tcpip_dns_append_text(name, service->type);
    return built && tcpip_dns_append_text(name, "local") && tcpip_dns_end_name(name);
}

bool tcpip_mdns_name_of(size_t subject, struct dns_name *name)
{
    return build(subject, NAME_OWN, name);
}

uint8_t tcpip_mdns_facts_of(size_t subject)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);

    if (subject == HOST)
        return MDNS_HOST_FACTS;
    return MDNS_SERVICE_UNIQUE | MDNS_PTR | MDNS_META |
           (service->subtype != NULL ? MDNS_SUBTYPE : 0);
}

uint32_t tcpip_mdns_ttl_of(enum mdns_fact bit)
{
    return (bit & (MDNS_TXT | MDNS_SHARED)) != 0 ? MDNS_TTL_OTHER : MDNS_TTL_HOST;
}

/* --- what is ours ------------------------------------------------------------------------------ */

void tcpip_mdns_own_host(const char *label)
{
    host_label = label;
    host_claim = (struct tcpip_mdns_claim){0};
}

static bool sound(size_t subject)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    char label[TCPIP_MDNS_LABEL_SIZE];

    return (service->instance == NULL || strlen(service->instance) <= DNS_LABEL_MAX) &&
           tcpip_mdns_label(subject, label) > 0 && build(subject, NAME_OWN, &owner) &&
           owner.size + LONGEST_NUMBER <= DNS_NAME_MAX && /* also when it gets a number */
           (service->subtype == NULL || build(subject, NAME_SUBTYPE, &owner)) &&
           service->txt_size <= TCPIP_MDNS_TXT_MAX;
}

bool tcpip_mdns_own_service(struct tcpip_mdns_service *service)
{
    size_t subject = tcpip_mdns_subject_of(NULL);

    if (host_label == NULL || subject == 0 || tcpip_mdns_subject_of(service) != 0 ||
        service->type == NULL)
        return false;
    services[subject - 1] = service;
    service->claim = (struct tcpip_mdns_claim){0};
    if (!sound(subject))
        services[subject - 1] = NULL;
    return services[subject - 1] != NULL;
}

void tcpip_mdns_disown(size_t subject)
{
    services[subject - 1] = NULL;
}

bool tcpip_mdns_owns(const char *text)
{
    const struct dns_message own = {target.bytes, DNS_NAME_MAX};

    return is_ours(HOST) && tcpip_dns_name_from_text(&target, text, NULL) &&
           build(HOST, NAME_OWN, &owner) && tcpip_dns_is_name(&own, 0, &owner);
}

bool tcpip_mdns_is_empty(const struct mdns_set *set)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        if (set->facts[subject] != 0)
            return false;
    return true;
}

/* --- questions --------------------------------------------------------------------------------- */

static bool has_family(const struct tcpip_interface *interface, uint8_t family)
{
    return tcpip_end_point_on(interface, family) != NULL;
}

/* What there is to say about addresses on this interface. */
static uint8_t with_addresses(const struct tcpip_interface *interface, uint8_t wanted)
{
    if ((wanted & MDNS_A) != 0 && !has_family(interface, TCPIP_IPV4))
        wanted = (uint8_t)((wanted & ~MDNS_A) | MDNS_NOT_MORE);
    if ((wanted & MDNS_AAAA) != 0 && !has_family(interface, TCPIP_IPV6))
        wanted = (uint8_t)((wanted & ~MDNS_AAAA) | MDNS_NOT_MORE);
    return wanted;
}

static uint8_t match_subject(const struct dns_message *message, const struct dns_record *question,
                             size_t subject)
{
    static const uint8_t kinds[] = {NAME_OWN, NAME_TYPE, NAME_SUBTYPE, NAME_META};
    uint8_t all = tcpip_mdns_facts_of(subject), found = 0;

    for (size_t k = 0; k < (subject == HOST ? 1 : sizeof kinds); k++) {
        if (!build(subject, (enum name_kind)kinds[k], &owner) ||
            !tcpip_dns_is_name(message, question->owner, &owner))
            continue;
        for (size_t i = 0; i < MDNS_FACTS; i++)
            if (facts[i].owner == kinds[k] && (facts[i].bit & all) != 0 &&
                (question->type == facts[i].type || question->type == DNS_TYPE_ANY))
                found |= facts[i].bit;
        if (kinds[k] == NAME_OWN && found == 0)
            found = MDNS_NOT_MORE;
    }
    return found;
}

void tcpip_mdns_match(const struct dns_message *message, const struct dns_record *question,
                      const struct tcpip_interface *interface, struct mdns_set *set)
{
    uint16_t class = question->class % MDNS_UNICAST;

    if (class != DNS_CLASS_IN && class != DNS_CLASS_ANY)
        return;
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        if (is_ours(subject))
            set->facts[subject] |= with_addresses(interface,
                                                  match_subject(message, question, subject));
}

void tcpip_mdns_add_related(const struct mdns_set *set, const struct tcpip_interface *interface,
                            struct mdns_set *related)
{
    uint8_t host = set->facts[HOST];

    for (size_t subject = 1; subject < MDNS_SUBJECTS; subject++) {
        uint8_t said = set->facts[subject], more = 0;

        if ((said & (MDNS_PTR | MDNS_SUBTYPE)) != 0)
            more = MDNS_SERVICE_UNIQUE;
        if (((said | more) & MDNS_SRV) != 0)
            host |= MDNS_HOST_FACTS;
        related->facts[subject] |= (uint8_t)(more & ~said);
    }
    if ((host & MDNS_HOST_FACTS) != 0 && is_ours(HOST))
        related->facts[HOST] |= (uint8_t)(with_addresses(interface, MDNS_HOST_FACTS) &
                                          ~set->facts[HOST]);
}

/* --- records of others ------------------------------------------------------------------------- */

static bool same_address(const struct dns_message *message, const struct dns_record *record)
{
    struct tcpip_address address = {.family = record->type == DNS_TYPE_A ? TCPIP_IPV4 : TCPIP_IPV6};

    if (record->size != tcpip_address_size(&address))
        return false;
    memcpy(address.bytes, message->bytes + record->data, record->size);
    return tcpip_end_point_find(&address) != NULL;
}

static bool same_srv(const struct dns_message *message, const struct dns_record *record,
                     const struct tcpip_mdns_service *service)
{
    const uint8_t *data = message->bytes + record->data;

    return tcpip_get_be32(data) == 0 && tcpip_get_be16(data + 4) == service->port &&
           build(HOST, NAME_HOST, &target) && tcpip_dns_is_name(message, record->data + 6, &target);
}

static bool same_txt(const struct dns_message *message, const struct dns_record *record,
                     const struct tcpip_mdns_service *service)
{
    static const uint8_t none[1];
    bool empty = service->txt_size == 0;
    size_t size = empty ? 1 : service->txt_size;

    return record->size == size &&
           memcmp(message->bytes + record->data, empty ? none : service->txt, size) == 0;
}

/* Whether a record of the fact's owner and type says what we say. */
static bool same_data(const struct dns_message *message, const struct dns_record *record,
                      size_t subject, const struct fact *fact)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);

    if (!tcpip_mdns_sound(message, record))
        return false;
    if (fact->type == DNS_TYPE_PTR)
        return build(subject, (enum name_kind)fact->leads_to, &target) &&
               tcpip_dns_is_name(message, record->data, &target);
    if (fact->bit == MDNS_SRV)
        return same_srv(message, record, service);
    if (fact->bit == MDNS_TXT)
        return same_txt(message, record, service);
    return (fact->bit & MDNS_HOST_FACTS) != 0 && same_address(message, record);
}

static bool owned(const struct dns_message *message, const struct dns_record *record,
                  size_t subject, const struct fact *fact)
{
    return record->type == fact->type && build(subject, (enum name_kind)fact->owner, &owner) &&
           tcpip_dns_is_name(message, record->owner, &owner);
}

/* An interface that has several addresses says them all, whichever of them is known. */
static bool is_whole(const struct fact *fact, const struct tcpip_interface *interface)
{
    uint8_t family = fact->bit == MDNS_A ? TCPIP_IPV4 : TCPIP_IPV6;
    const struct tcpip_end_point *end_point = interface->end_points;
    size_t count = 0;

    for (; end_point != NULL; end_point = end_point->next)
        count += end_point->state == TCPIP_END_POINT_UP &&
                 end_point->active.address.family == family;
    return (fact->bit & MDNS_HOST_FACTS) == 0 || count == 1;
}

void tcpip_mdns_suppress(const struct dns_message *message, const struct dns_record *known,
                         const struct tcpip_interface *interface, struct mdns_set *set)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        for (size_t i = 0; i < MDNS_FACTS; i++)
            if ((set->facts[subject] & facts[i].bit) != 0 && known->ttl >= facts[i].ttl / 2u &&
                owned(message, known, subject, &facts[i]) &&
                same_data(message, known, subject, &facts[i]) && is_whole(&facts[i], interface))
                set->facts[subject] &= (uint8_t)~facts[i].bit;
}

bool tcpip_mdns_contradicts(const struct dns_message *message, const struct dns_record *record,
                            size_t subject)
{
    const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);
    uint8_t unique = tcpip_mdns_facts_of(subject) & (uint8_t)~MDNS_SHARED;

    if (claim->phase == MDNS_IDLE || record->class % MDNS_UNIQUE != DNS_CLASS_IN ||
        record->ttl == 0 || !build(subject, NAME_OWN, &owner) ||
        !tcpip_dns_is_name(message, record->owner, &owner))
        return false;
    for (size_t i = 0; i < MDNS_FACTS; i++)
        if ((unique & facts[i].bit) != 0 && facts[i].type == record->type)
            return !same_data(message, record, subject, &facts[i]);
    return claim->phase == MDNS_PROBING; /* whatever it is, the name is taken */
}

/* --- writing ----------------------------------------------------------------------------------- */

/* RFC 4034 4.1.2: block 0, its size, and a bit for each type of record that the name has. */
static void put_types(struct dns_writer *writer, const struct tcpip_interface *interface,
                      size_t subject)
{
    uint8_t block[7] = {0, sizeof block - 2};

    for (size_t i = 0; i < MDNS_FACTS; i++)
        if (facts[i].owner == NAME_OWN && facts[i].bit != MDNS_NOT_MORE &&
            (with_addresses(interface, tcpip_mdns_facts_of(subject)) & facts[i].bit) != 0)
            block[2 + facts[i].type / 8] |= (uint8_t)(128u >> facts[i].type % 8u);
    while (block[1] > 0 && block[1 + block[1]] == 0)
        block[1]--;
    tcpip_dns_put_bytes(writer, block, 2u + block[1]);
}

static void put_data(struct dns_writer *writer, const struct tcpip_interface *interface,
                     size_t subject, const struct fact *fact)
{
    const struct tcpip_mdns_service *service = tcpip_mdns_service_at(subject);
    uint8_t fixed[6] = {0};

    if (fact->bit == MDNS_SRV) { /* priority and weight of 0 */
        tcpip_put_be16(fixed + 4, service->port);
        tcpip_dns_put_bytes(writer, fixed, sizeof fixed);
    } else if (fact->bit == MDNS_TXT) { /* RFC 6763 6.1: at least one string, be it empty */
        if (service->txt_size > 0)
            tcpip_dns_put_bytes(writer, service->txt, service->txt_size);
        else
            tcpip_dns_put_bytes(writer, fixed, 1);
    }
    if (fact->leads_to != NAME_NONE && build(subject, (enum name_kind)fact->leads_to, &target))
        tcpip_dns_put_name(writer, &target);
    if (fact->bit == MDNS_NOT_MORE)
        put_types(writer, interface, subject);
}

static bool write_fact(struct dns_writer *writer, const struct tcpip_interface *interface,
                       size_t subject, const struct fact *fact, enum dns_section section,
                       enum mdns_sense sense)
{
    bool unique = (fact->bit & MDNS_SHARED) == 0 && sense != MDNS_LEGACY && sense != MDNS_PROPOSAL;
    uint16_t class = unique ? MDNS_UNIQUE | DNS_CLASS_IN : DNS_CLASS_IN;
    uint32_t ttl = sense == MDNS_GOODBYE ? 0 : sense == MDNS_LEGACY ? MDNS_TTL_LEGACY : fact->ttl;

    if (!build(subject, (enum name_kind)fact->owner, &owner))
        return true; /* nothing to say */
    if ((fact->bit & MDNS_HOST_FACTS) != 0)
        return tcpip_names_write_addresses(writer, interface, &owner,
                                           fact->bit == MDNS_A ? TCPIP_IPV4 : TCPIP_IPV6, section,
                                           class, ttl);
    tcpip_dns_open_record(writer, &owner, fact->type, class, ttl);
    put_data(writer, interface, subject, fact);
    return tcpip_dns_close_record(writer, section);
}

/* Two services of one type say once that the type is there. */
static bool said_before(const struct mdns_set *set, size_t subject)
{
    for (size_t before = 1; before < subject; before++)
        if ((set->facts[before] & MDNS_META) != 0 &&
            strcmp(services[before - 1]->type, services[subject - 1]->type) == 0)
            return true;
    return false;
}

/* Who was asked may have gone meanwhile. */
static bool may_say(size_t subject, enum mdns_sense sense)
{
    return is_ours(subject) || (sense == MDNS_PROPOSAL && tcpip_mdns_claim_of(subject) != NULL);
}

void tcpip_mdns_write_questions(struct dns_writer *writer, const struct mdns_set *set)
{
    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        if (set->facts[subject] != 0 && build(subject, NAME_OWN, &owner))
            (void)tcpip_dns_write_question(writer, &owner, DNS_TYPE_ANY,
                                           DNS_CLASS_IN | MDNS_UNICAST);
}

bool tcpip_mdns_write(struct dns_writer *writer, const struct tcpip_interface *interface,
                      struct mdns_set *set, enum dns_section section, enum mdns_sense sense)
{
    const struct mdns_set asked = *set;

    for (size_t subject = 0; subject < MDNS_SUBJECTS; subject++)
        for (size_t i = 0; i < MDNS_FACTS; i++)
            if ((asked.facts[subject] & facts[i].bit) != 0 &&
                (!may_say(subject, sense) ||
                 (facts[i].bit == MDNS_META && said_before(&asked, subject)) ||
                 write_fact(writer, interface, subject, &facts[i], section, sense)))
                set->facts[subject] &= (uint8_t)~facts[i].bit;
    return tcpip_mdns_is_empty(set);
}

#endif
