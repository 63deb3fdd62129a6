/* SPDX-License-Identifier: MIT */
/*
 * In which forms a name is asked for. RFC 1535 6: one that has dots is first tried as it is. What the
 * network has named may change while a name is looked up; then it is not asked for in one form or another.
 */
#include "client/domains.h"
#include "client/names.h"
#include "core/os.h"
#include "tcpip.h"

enum { DOMAINS = ipconfigDNS_SEARCH_DOMAINS };

static const char *domains[DOMAINS > 0 ? DOMAINS : 1];
static size_t domain_count;

bool tcpip_dns_search_add(const char *domain)
{
    size_t most = DOMAINS;
    bool room = domain_count < most;
    uint32_t state = tcpip_os_mask();

    if (room)
        domains[domain_count++] = domain;
    tcpip_os_unmask(state);
    return room;
}

void tcpip_dns_search_clear(void)
{
    domain_count = 0;
}

unsigned tcpip_dns_forms(const char *text)
{
    size_t length = strlen(text);
    bool absolute = length > 0 && text[length - 1] == '.';

    return absolute ? 1 : 1 + (unsigned)(domain_count + tcpip_domains_count());
}

/* NULL: there are not so many. */
static const char *domain_at(size_t index)
{
    return index < domain_count ? domains[index] : tcpip_domains_at(index - domain_count);
}

bool tcpip_dns_name_in_form(const char *text, unsigned form, struct dns_name *name)
{
    const char *domain = NULL;

    if (strlen(text) >= ipconfigDNS_CACHE_NAME_LENGTH)
        return false;
    if (DOMAINS > 0 || ipconfigDNS_LEARNT_DOMAINS > 0) {
        bool dotted = strchr(text, '.') != NULL;
        bool alone = form == (dotted ? 0 : domain_count + tcpip_domains_count());

        if (!alone && tcpip_dns_forms(text) > 1) {
            domain = domain_at(dotted ? form - 1 : form);
            if (domain == NULL)
                return false;
        }
    }
    return tcpip_dns_name_from_text(name, text, domain);
}
