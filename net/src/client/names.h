/* SPDX-License-Identifier: MIT */
/*
 * Names that need no server: dotted numbers, the application's static table, the cache of answers;
 * and the domains in which names are searched.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "core/address.h"
#include "core/text4.h"
#include "tcpip_end_point.h"
#include "wire/dns.h"

/* The static table (tcpip_host_add in tcpip.h). The stack's task. */
#if ipconfigMAX_STATIC_HOSTS > 0
bool tcpip_host_find(const char *name, uint8_t family, struct tcpip_address *address);
#else
static inline bool tcpip_host_find(const char *name, uint8_t family, struct tcpip_address *address)
{
    return false;
}
#endif

/* The cache; the stack's task. A name is left in small letters, in which it is compared. */

/* Copies up to ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY addresses out, each time beginning with another,
 * and returns their number; 0: it is known that there are none. Less: nothing is known of the name. */
int tcpip_dns_cache_find(struct dns_name *name, uint8_t family, struct tcpip_address *addresses);

/* Remembers an answer for `ttl` seconds, at most a day; that there is none at most an hour. Then
 * TCPIP_UNSPECIFIED stands for every family. */
void tcpip_dns_cache_add(struct dns_name *name, uint8_t family, uint32_t ttl,
                         const struct tcpip_address *addresses, size_t count);
void tcpip_dns_cache_clear(void);

/* Those of tcpip_dns_search_add. */
struct tcpip_search_domains {
    const char *names[ipconfigDNS_SEARCH_DOMAINS > 0 ? ipconfigDNS_SEARCH_DOMAINS : 1];
    size_t count;
};
extern struct tcpip_search_domains tcpip_search_domains;

/* ipconfigDNS_CACHE_NAME_LENGTH; what is longer than LONGEST_TEXT is no name anyway. */
static inline bool tcpip_dns_text_fits(const char *text)
{
    enum { LONGEST_TEXT = 254 };

    return ipconfigDNS_CACHE_NAME_LENGTH >= LONGEST_TEXT ||
           strlen(text) < ipconfigDNS_CACHE_NAME_LENGTH;
}

/* Puts form number `form` of a name together (client/dns.h). False: that form is not sound. */
#if ipconfigDNS_SEARCH_DOMAINS > 0 || ipconfigDNS_LEARNT_DOMAINS > 0
bool tcpip_dns_name_in_form(const char *text, unsigned form, struct dns_name *name);
unsigned tcpip_dns_forms(const char *text);
#else
static inline bool tcpip_dns_name_in_form(const char *text, unsigned form, struct dns_name *name)
{
    return tcpip_dns_text_fits(text) && tcpip_dns_name_from_text(name, text, NULL);
}

static inline unsigned tcpip_dns_forms(const char *text)
{
    return 1;
}
#endif

/* Whether the application says that a name is this host's; NULL: it is not asked. */
extern bool (*tcpip_names_hook)(struct tcpip_end_point *end_point, const char *name);
