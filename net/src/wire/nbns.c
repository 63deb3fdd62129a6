/* SPDX-License-Identifier: MIT */
#include "wire/nbns.h"

#if ipconfigUSE_NBNS

enum {
    TYPE_ADDRESS = 0x20, /* NB */
    CLASS_IN = 1,
    HEADER_SIZE = 12,
    LABEL_SIZE = 32,
    NAME_SIZE = 1 + LABEL_SIZE + 1,
    FLAGS_QUERY = 0x0110, /* recursion desired, to everybody */
    FLAGS_REPLY = 0x8500, /* authoritative, recursion desired */
    ENTRY_SIZE = 6,       /* flags and address */
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool tcpip_nbns_name_from_text(struct nbns_name *name, const char *text, uint8_t kind)
{
    size_t size = strlen(text);

    *name = (struct nbns_name){.kind = kind};
    for (size_t i = 0; size <= NBNS_NAME_MAX && i < size; i++) {
        if (text[i] <= ' ' || text[i] > '~')
            return false;
        name->text[i] = upper(text[i]);
    }
    return size > 0 && size <= NBNS_NAME_MAX;
}

/* Reads one byte from two letters. */
static bool read_byte(struct tcpip_reader *reader, uint8_t *byte)
{
    uint8_t high, low;

    if (!tcpip_read_u8(reader, &high) || !tcpip_read_u8(reader, &low) || high < 'A' || high > 'P' ||
        low < 'A' || low > 'P')
        return false;
    *byte = (uint8_t)((high - 'A') * 16 + low - 'A');
    return true;
}

/* Without a scope: the label, and the root. */
static bool read_name(struct tcpip_reader *reader, struct nbns_name *name)
{
    uint8_t length, byte, root = 1;
    size_t used = 0;

    *name = (struct nbns_name){0};
    if (!tcpip_read_u8(reader, &length) || length != LABEL_SIZE)
        return false;
    for (size_t i = 0; i < NBNS_NAME_MAX; i++) {
        if (!read_byte(reader, &byte) || byte < ' ' || byte > '~')
            return false;
        name->text[i] = upper((char)byte);
        if (byte != ' ')
            used = i + 1;
    }
    memset(name->text + used, 0, NBNS_NAME_MAX - used);
    return read_byte(reader, &name->kind) && tcpip_read_u8(reader, &root) && root == 0 && used > 0;
}

static void write_name(struct tcpip_writer *writer, const struct nbns_name *name)
{
    (void)tcpip_write_u8(writer, LABEL_SIZE);
    for (size_t i = 0; i <= NBNS_NAME_MAX; i++) {
        uint8_t byte = i == NBNS_NAME_MAX      ? name->kind
                       : name->text[i] == '\0' ? (uint8_t)' '
                                               : (uint8_t)name->text[i];

        (void)tcpip_write_u8(writer, (uint8_t)('A' + byte / 16u));
        (void)tcpip_write_u8(writer, (uint8_t)('A' + byte % 16u));
    }
    (void)tcpip_write_u8(writer, 0);
}

static bool read_numbers(struct tcpip_reader *reader, uint16_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!tcpip_read_be16(reader, &numbers[i]))
            return false;
    return true;
}

bool tcpip_nbns_parse_query(const uint8_t *bytes, size_t size, struct nbns_query *query)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    uint16_t header[6], asked[2];

    if (!read_numbers(&reader, header, 6) || header[1] / 2048u != 0 || header[2] != 1 ||
        header[3] != 0 || !read_name(&reader, &query->name) || !read_numbers(&reader, asked, 2))
        return false;
    query->id = header[0];
    return asked[0] == TYPE_ADDRESS && asked[1] == CLASS_IN;
}

bool tcpip_nbns_parse_reply(const uint8_t *bytes, size_t size, const struct nbns_query *query,
                            struct tcpip_address *addresses, size_t most, size_t *count,
                            uint32_t *ttl)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    uint16_t header[6], record[2], data_size;
    struct nbns_name name;

    if (!read_numbers(&reader, header, 6) || header[0] != query->id ||
        header[1] / 2048u != 16u || /* a reply to a query … */
        header[1] % 16u != 0 ||     /* … without error */
        header[2] != 0 || header[3] == 0 || !read_name(&reader, &name) ||
        memcmp(&name, &query->name, sizeof name) != 0 || !read_numbers(&reader, record, 2) ||
        record[0] != TYPE_ADDRESS || record[1] != CLASS_IN || !tcpip_read_be32(&reader, ttl) ||
        !tcpip_read_be16(&reader, &data_size) || data_size > reader.left ||
        data_size % ENTRY_SIZE != 0)
        return false;
    for (*count = 0; *count < most && *count < data_size / (size_t)ENTRY_SIZE; (*count)++) {
        addresses[*count] = (struct tcpip_address){.family = TCPIP_IPV4};
        memcpy(addresses[*count].bytes, reader.at + *count * ENTRY_SIZE + 2, 4);
    }
    return true;
}

static struct tcpip_writer begin(uint8_t *bytes, size_t size, uint16_t id, uint16_t flags)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    memset(bytes, 0, size);
    (void)tcpip_write_be16(&writer, id);
    (void)tcpip_write_be16(&writer, flags);
    bytes[flags == FLAGS_QUERY ? 5 : 7] = 1; /* question or answer */
    (void)tcpip_write_skip(&writer, 8);
    return writer;
}

void tcpip_nbns_build_query(uint8_t *bytes, const struct nbns_query *query)
{
    struct tcpip_writer writer = begin(bytes, NBNS_QUERY_SIZE, query->id, FLAGS_QUERY);

    write_name(&writer, &query->name);
    (void)tcpip_write_be16(&writer, TYPE_ADDRESS);
    (void)tcpip_write_be16(&writer, CLASS_IN);
}

void tcpip_nbns_build_reply(uint8_t *bytes, const struct nbns_query *query,
                            const struct tcpip_address *address)
{
    struct tcpip_writer writer = begin(bytes, NBNS_REPLY_SIZE, query->id, FLAGS_REPLY);

    write_name(&writer, &query->name);
    (void)tcpip_write_be16(&writer, TYPE_ADDRESS);
    (void)tcpip_write_be16(&writer, CLASS_IN);
    (void)tcpip_write_be32(&writer, NBNS_TTL);
    (void)tcpip_write_be16(&writer, ENTRY_SIZE);
    (void)tcpip_write_be16(&writer, 0); /* a unique name of a host that broadcasts */
    (void)tcpip_write_bytes(&writer, address->bytes, 4);
}

#endif
