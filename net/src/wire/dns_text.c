/* SPDX-License-Identifier: MIT */
/* Names of our own, put together from labels and texts. */
#include "wire/dns.h"

bool tcpip_dns_append_label(struct dns_name *name, const void *label, size_t size)
{
    if (size == 0 || size > DNS_LABEL_MAX || name->size + 1u + size >= DNS_NAME_MAX)
        return false;
    name->bytes[name->size] = (uint8_t)size;
    memcpy(name->bytes + name->size + 1, label, size);
    name->size = (uint8_t)(name->size + 1u + size);
    return true;
}

bool tcpip_dns_append_text(struct dns_name *name, const char *text)
{
    while (*text != '\0') {
        size_t size = strcspn(text, ".");

        if (!tcpip_dns_append_label(name, text, size))
            return false;
        text += size;
        text += *text == '.';
    }
    return name->size > 0;
}

bool tcpip_dns_end_name(struct dns_name *name)
{
    if (name->size >= DNS_NAME_MAX)
        return false;
    name->bytes[name->size++] = 0;
    return true;
}

bool tcpip_dns_name_from_text(struct dns_name *name, const char *text, const char *domain)
{
    name->size = 0;
    return tcpip_dns_append_text(name, text) &&
           (domain == NULL || tcpip_dns_append_text(name, domain)) && tcpip_dns_end_name(name);
}
