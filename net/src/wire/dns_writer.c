/* SPDX-License-Identifier: MIT */
#include "wire/dns_writer.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_MDNS || ipconfigUSE_LLMNR || ipconfigUSE_NBNS

enum { POINTER = 0xc000, POINTER_MAX = 0x3fff, SIZE_BYTES = 2 };

void tcpip_dns_write_header(struct dns_writer *writer, void *bytes, size_t size, uint16_t id,
                            uint16_t flags)
{
    *writer = (struct dns_writer){.bytes = bytes, .size = size, .at = DNS_HEADER_SIZE};
    memset(bytes, 0, DNS_HEADER_SIZE);
    tcpip_put_be16(bytes, id);
    tcpip_put_be16(writer->bytes + 2, flags);
}

void tcpip_dns_put_bytes(struct dns_writer *writer, const void *bytes, size_t size)
{
    if (writer->size - writer->at < size)
        writer->full = true;
    if (writer->full || size == 0)
        return;
    memcpy(writer->bytes + writer->at, bytes, size);
    writer->at += size;
}

static void put_be16(struct dns_writer *writer, uint16_t value)
{
    uint8_t bytes[2];

    tcpip_put_be16(bytes, value);
    tcpip_dns_put_bytes(writer, bytes, sizeof bytes);
}

/* Where the rest of a name stands already; 0: nowhere. */
static uint16_t find(const struct dns_writer *writer, const struct dns_message *name, size_t at)
{
    const struct dns_message written = {writer->bytes, writer->at};

    for (size_t i = 0; i < writer->label_count; i++)
        if (tcpip_dns_same_name(&written, writer->labels[i], name, at))
            return writer->labels[i];
    return 0;
}

static void put_labels(struct dns_writer *writer, const struct dns_name *name, bool compress)
{
    const struct dns_message own = {name->bytes, name->size};
    size_t at = 0;

    for (; name->bytes[at] != 0 && !writer->full; at += 1u + name->bytes[at]) {
        uint16_t known = compress ? find(writer, &own, at) : 0;

        if (known != 0) {
            put_be16(writer, (uint16_t)(POINTER + known));
            return;
        }
        if (writer->label_count < DNS_LABELS_REMEMBERED && writer->at <= POINTER_MAX)
            writer->labels[writer->label_count++] = (uint16_t)writer->at;
        tcpip_dns_put_bytes(writer, name->bytes + at, 1u + name->bytes[at]);
    }
    tcpip_dns_put_bytes(writer, "", 1);
}

void tcpip_dns_put_name(struct dns_writer *writer, const struct dns_name *name)
{
    put_labels(writer, name, !writer->plain);
}

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
