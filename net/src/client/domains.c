/* SPDX-License-Identifier: MIT */
/*
 * A table in the order in which they came. A domain that two sources name stands in it twice, so that it
 * stays when one of them goes, and is told once.
 */
#include "client/domains.h"

#if ipconfigUSE_DNS && ipconfigDNS_LEARNT_DOMAINS > 0

#include "core/timer.h"
#include "wire/domains.h"

enum { DOMAINS = ipconfigDNS_LEARNT_DOMAINS };

static struct domain {
    const struct tcpip_interface *interface; /* NULL: a free place */
    enum tcpip_domain_source source;
    uint32_t until; /* in tcpip_seconds() */
    char text[ipconfigDNS_CACHE_NAME_LENGTH];
} domains[DOMAINS];

static size_t used; /* the first so many places */

void tcpip_domains_init(void)
{
    used = 0;
}

static void remove_at(size_t index)
{
    used--;
    memmove(&domains[index], &domains[index + 1], (used - index) * sizeof domains[0]);
}

void tcpip_domains_forget(const struct tcpip_interface *interface, enum tcpip_domain_source source)
{
    for (size_t i = used; i-- > 0;)
        if (domains[i].interface == interface && domains[i].source == source)
            remove_at(i);
}

static void remove_what_is_over(void)
{
    uint32_t now = tcpip_seconds();

    for (size_t i = used; i-- > 0;)
        if (domains[i].until <= now)
            remove_at(i);
}

static void keep(const struct domain *domain)
{
    size_t i = 0;

    while (i < used &&
           (domains[i].interface != domain->interface || domains[i].source != domain->source ||
            strcmp(domains[i].text, domain->text) != 0))
        i++;
    if (i == DOMAINS)
        return;
    domains[i] = *domain;
    if (i == used)
        used++;
}

void tcpip_domains_learn(const struct tcpip_interface *interface, enum tcpip_domain_source source,
                         const uint8_t *list, size_t size, uint32_t lifetime)
{
    static struct domain domain;
    const struct dns_message names = {list, size < DOMAINS_LIST_MOST ? size : DOMAINS_LIST_MOST};
    uint32_t now = tcpip_seconds();
    size_t offset = 0;

    if (source != TCPIP_DOMAINS_ROUTER)
        tcpip_domains_forget(interface, source);
    domain.interface = interface;
    domain.source = source;
    domain.until = lifetime < TCPIP_DOMAINS_FOREVER - now ? now + lifetime : TCPIP_DOMAINS_FOREVER;
    remove_what_is_over();
    while (tcpip_domains_next(&names, &offset, domain.text, sizeof domain.text))
        if (domain.text[0] != '\0')
            keep(&domain);
    remove_what_is_over(); /* what the source has taken back */
}

static bool stands_before(size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(domains[i].text, domains[index].text) == 0)
            return true;
    return false;
}

size_t tcpip_domains_count(void)
{
    size_t count = 0;

    remove_what_is_over();
    for (size_t i = 0; i < used; i++)
        count += !stands_before(i);
    return count;
}

const char *tcpip_domains_at(size_t index)
{
    for (size_t i = 0; i < used; i++)
        if (!stands_before(i) && index-- == 0)
            return domains[i].text;
    return NULL;
}

#endif
