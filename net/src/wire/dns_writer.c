/* SPDX-License-Identifier: MIT */
#include "wire/dns_writer.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_MDNS || ipconfigUSE_LLMNR || ipconfigUSE_NBNS

enum { POINTER = 0xc000, POINTER_MAX = 0x3fff, SIZE_BYTES = 2 };

void tcpip_dns_write_header(struct dns_writer *writer, uint8_t *bytes, size_t size, uint16_t id,
                            uint16_t flags)
{
    writer->bytes = bytes;
    writer->size = size;
    writer->at = DNS_HEADER_SIZE;
    writer->full = false;
    writer->plain = false;
    writer->label_count = 0;
    memset(bytes, 0, DNS_HEADER_SIZE);
    tcpip_put_be16(bytes, id);
    tcpip_put_be16(bytes + 2, flags);
}

void tcpip_dns_put_bytes(struct dns_writer *writer, const uint8_t *bytes, size_t size)
{
    if (writer->size - writer->at < size)
        writer->full = true;
    if (writer->full || size == 0)
        return;
    memcpy(writer->bytes + writer->at, bytes, size);
    writer->at += size;
}

/*@ requires tcpip_dns_can_write(writer);
    assigns writer->at, writer->full, writer->bytes[writer->at .. writer->size - 1];
    ensures tcpip_dns_can_write(writer);
    ensures writer->full ? writer->at == \old(writer->at) : writer->at == \old(writer->at) + 2;
    ensures \old(writer->full) ==> writer->full; */
static void put_be16(struct dns_writer *writer, uint16_t value)
{
    uint8_t bytes[2];

    tcpip_put_be16(bytes, value);
    tcpip_dns_put_bytes(writer, bytes, sizeof bytes);
}

/* Where the rest of a name stands already; 0: nowhere. */
/*@ requires tcpip_dns_can_write(writer) && tcpip_dns_can_read(name);
    assigns \nothing; */
static uint16_t find(const struct dns_writer *writer, const struct dns_message *name, size_t at)
{
    const struct dns_message written = {writer->bytes, writer->at};

    /*@ loop invariant i <= writer->label_count;
        loop assigns i;
        loop variant writer->label_count - i; */
    for (size_t i = 0; i < writer->label_count; i++)
        if (tcpip_dns_same_name(&written, writer->labels[i], name, at))
            return writer->labels[i];
    return 0;
}

/*@ requires tcpip_dns_can_write(writer);
    requires tcpip_dns_is_whole(name) && tcpip_dns_is_beside(name, writer);
    assigns writer->at, writer->full, writer->label_count,
            writer->labels[0 .. DNS_LABELS_REMEMBERED - 1], writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_can_write(writer) && writer->at >= \old(writer->at);
    ensures \old(writer->full) ==> writer->full;
    ensures !writer->full ==> writer->at > \old(writer->at); */
static void put_labels(struct dns_writer *writer, const struct dns_name *name, bool compress)
{
    const struct dns_message own = {name->bytes, name->size};
    size_t at = 0, size;

    /*@ loop invariant at < name->size;
        loop invariant tcpip_dns_are_labels{Pre}(&name->bytes[0], at, name->size);
        loop invariant tcpip_dns_can_write(writer) && writer->at >= \at(writer->at, Pre);
        loop invariant \at(writer->full, Pre) ==> writer->full;
        loop assigns at, size, writer->at, writer->full, writer->label_count,
                     writer->labels[0 .. DNS_LABELS_REMEMBERED - 1],
                     writer->bytes[0 .. writer->size - 1];
        loop variant name->size - at; */
    for (; name->bytes[at] != 0 && !writer->full; at += size) {
        size = 1u + name->bytes[at];
        /*@ assert at + size < name->size &&
                   tcpip_dns_are_labels{Pre}(&name->bytes[0], at + size, name->size); */
        uint16_t known = compress ? find(writer, &own, at) : 0;

        if (known != 0) {
            put_be16(writer, (uint16_t)(POINTER + known));
            return;
        }
        if (writer->label_count < DNS_LABELS_REMEMBERED && writer->at <= POINTER_MAX)
            writer->labels[writer->label_count++] = (uint16_t)writer->at;
        tcpip_dns_put_bytes(writer, name->bytes + at, size);
    }
    tcpip_dns_put_bytes(writer, name->bytes + at, 1);
}

void tcpip_dns_put_name(struct dns_writer *writer, const struct dns_name *name)
{
    put_labels(writer, name, !writer->plain);
}

/*@ requires tcpip_dns_can_write(writer);
    requires tcpip_dns_is_whole(name) && tcpip_dns_is_beside(name, writer);
    assigns writer->at, writer->start, writer->full, writer->label_count,
            writer->labels[0 .. DNS_LABELS_REMEMBERED - 1], writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_can_write(writer) && writer->start == \old(writer->at) <= writer->at;
    ensures !writer->full ==> writer->at >= \old(writer->at) + 4; */
static void begin(struct dns_writer *writer, const struct dns_name *name, uint16_t type,
                  uint16_t class)
{
    writer->start = writer->at;
    writer->full = false;
    put_labels(writer, name, true);
    put_be16(writer, type);
    put_be16(writer, class);
}

/* Counts what has been written, or takes it back. */
/*@ requires tcpip_dns_can_write(writer) && section < DNS_SECTIONS;
    requires DNS_HEADER_SIZE <= writer->start <= writer->at;
    assigns writer->at, writer->bytes[4 .. 11];
    ensures tcpip_dns_can_write(writer) && (\result <==> !writer->full);
    ensures writer->at == (\result ? \old(writer->at) : writer->start); */
static bool finish(struct dns_writer *writer, enum dns_section section)
{
    uint8_t *count = writer->bytes + 4 + 2 * (size_t)section;

    if (!writer->full) {
        tcpip_put_be16(count, (uint16_t)(tcpip_get_be16(count) + 1u));
        return true;
    }
    writer->at = writer->start; /* labels remembered behind it are looked at before they are used */
    return false;
}

bool tcpip_dns_write_question(struct dns_writer *writer, const struct dns_name *name, uint16_t type,
                              uint16_t class)
{
    begin(writer, name, type, class);
    return finish(writer, DNS_QUESTIONS);
}

void tcpip_dns_open_record(struct dns_writer *writer, const struct dns_name *owner, uint16_t type,
                           uint16_t class, uint32_t ttl)
{
    begin(writer, owner, type, class);
    put_be16(writer, (uint16_t)(ttl / 65536u));
    put_be16(writer, (uint16_t)(ttl % 65536u));
    put_be16(writer, 0); /* the size, once it is known */
    writer->data = writer->at;
}

bool tcpip_dns_close_record(struct dns_writer *writer, enum dns_section section)
{
    if (!writer->full)
        tcpip_put_be16(writer->bytes + writer->data - SIZE_BYTES,
                       (uint16_t)(writer->at - writer->data));
    return finish(writer, section);
}

#endif
