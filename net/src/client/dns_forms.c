/* SPDX-License-Identifier: MIT */
/*
 * In which forms a name is asked for. RFC 1535 6: one that has dots is first tried as it is. What the
 * network has named may change while a name is looked up; then it is not asked for in one form or another.
 */
#include "client/domains.h"
#include "client/names.h"

struct tcpip_search_domains tcpip_search_domains;

#if ipconfigDNS_SEARCH_DOMAINS > 0 || ipconfigDNS_LEARNT_DOMAINS > 0

/* Domains in which a name is searched. */
static size_t domain_count(void)
{
    return tcpip_search_domains.count + tcpip_domains_count();
}

unsigned tcpip_dns_forms(const char *text)
{
    size_t length = strlen(text);
    bool absolute = length > 0 && text[length - 1] == '.';

    return absolute ? 1 : 1 + (unsigned)domain_count();
}

/* NULL: there are not so many. */
static const char *domain_at(size_t index)
{
    size_t own = tcpip_search_domains.count;

    return index < own ? tcpip_search_domains.names[index] : tcpip_domains_at(index - own);
}

bool tcpip_dns_name_in_form(const char *text, unsigned form, struct dns_name *name)
{
    const char *domain = NULL;
    bool dotted = strchr(text, '.') != NULL;
    bool alone = form == (dotted ? 0 : domain_count());

    if (!tcpip_dns_text_fits(text))
        return false;
    if (!alone && tcpip_dns_forms(text) > 1) {
        domain = domain_at(dotted ? form - 1 : form);
        if (domain == NULL)
            return false;
    }
    return tcpip_dns_name_from_text(name, text, domain);
}

#endif
