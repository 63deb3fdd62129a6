/* SPDX-License-Identifier: MIT */
/* Names of our own, put together from labels and texts. */
#include "wire/dns.h"

bool tcpip_dns_append_label(struct dns_name *name, const void *label, size_t size)
{
    const char *from = label;

    if (size == 0 || size > DNS_LABEL_MAX || name->size + 1u + size >= DNS_NAME_MAX)
        return false;
    size_t at = name->size, end = at + 1u + size;
    name->size = (uint8_t)end;
    name->bytes[at] = (uint8_t)size;
    /*@ loop invariant \at(name->size, Pre) <= at < end;
        loop invariant from == (char *)label + (at - \at(name->size, Pre));
        loop assigns at, from, name->bytes[0 .. DNS_NAME_MAX - 1];
        loop variant end - at; */
    while (++at < end)
        name->bytes[at] = (uint8_t)*from++;
    return true;
}

bool tcpip_dns_append_text(struct dns_name *name, const char *text)
{
    //@ ghost size_t left = size_of_text(text);
    /*@ loop invariant text[left] == 0 && \valid_read(text + (0 .. left));
        loop invariant \separated(name, text + (0 .. left));
        loop assigns text, left, *name;
        loop variant DNS_NAME_MAX - name->size; */
    while (*text != '\0') {
        size_t size = 0;

        /*@ loop invariant size <= DNS_LABEL_MAX + 1;
            loop invariant \forall integer i; 0 <= i < size ==> text[i] != 0;
            loop assigns size;
            loop variant DNS_LABEL_MAX + 1 - size; */
        while (size <= DNS_LABEL_MAX && text[size] != '\0' && text[size] != '.')
            size++;
        if (!tcpip_dns_append_label(name, text, size))
            return false;
        //@ ghost left -= size + (text[size] == '.');
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
