/* SPDX-License-Identifier: MIT */
/*
 * What applications and files give as text: addresses and names. The input ends with its first zero.
 * What is read and can be written is read again as the same.
 */
#include <stdlib.h>
#include <string.h>

#include "client/names.h"
#include "core/text6.h"
#include "wire/dns.h"
#include "wire/nbns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 400 };

static void address6(const char *text)
{
    uint8_t address[16], again[16];
    char canonical[TCPIP_IPV6_TEXT_SIZE];

    if (!tcpip_ipv6_from_text(text, address))
        return;
    size_t length = tcpip_ipv6_to_text(address, canonical);
    if (length >= sizeof canonical || strlen(canonical) != length ||
        !tcpip_ipv6_from_text(canonical, again) || memcmp(address, again, sizeof again) != 0)
        abort();
}

static void dns_name(const char *text, const char *domain)
{
    struct dns_name name, again;
    char back[300];

    if (!tcpip_dns_name_from_text(&name, text, domain))
        return;
    const struct dns_message message = {name.bytes, name.size};
    size_t end = 0;
    if (name.size == 0 || !tcpip_dns_skip_name(&message, &end) || end != name.size)
        abort();
    if (tcpip_dns_text_of(&message, 0, back, sizeof back) && back[0] != '\0' &&
        tcpip_dns_name_from_text(&again, back, NULL) && !tcpip_dns_is_name(&message, 0, &again))
        abort();
}

static void nbns_name(const char *text)
{
    struct nbns_name name;

    if (tcpip_nbns_name_from_text(&name, text, NBNS_KIND_HOST) && strlen(name.text) > NBNS_NAME_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tcpip_address address;
    size_t length = size < MOST ? size : MOST;
    char *text = malloc(length + 1);

    if (text == NULL)
        return 0;
    if (length > 0)
        memcpy(text, data, length);
    text[length] = '\0';
    (void)tcpip_ipv4_from_text(text, &address);
    address6(text);
    dns_name(text, NULL);
    dns_name("host", text);
    nbns_name(text);
    free(text);
    return 0;
}
