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

/*@ assigns \nothing; */
static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool tcpip_nbns_name_from_text(struct nbns_name *name, const char *text, uint8_t kind)
{
    size_t size = strlen(text);

    *name = (struct nbns_name){.kind = kind};
    name->text[NBNS_NAME_MAX] = '\0'; /* for provers, to whom a structure is one value */
    /*@ loop invariant i <= size && name->text[NBNS_NAME_MAX] == 0;
        loop assigns i, name->text[0 .. NBNS_NAME_MAX - 1];
        loop variant size - i; */
    for (size_t i = 0; size <= NBNS_NAME_MAX && i < size; i++) {
        if (text[i] <= ' ' || text[i] > '~')
            return false;
        name->text[i] = upper(text[i]);
    }
    return size > 0 && size <= NBNS_NAME_MAX;
}

/* Reads one byte from two letters. */
/*@ requires tcpip_can_read(reader) && \valid(byte);
    requires \separated(byte, reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, *byte;
    ensures tcpip_read_on{Pre, Post}(reader);
    ensures \result ==> tcpip_has_read{Pre, Post}(reader, 2); */
static bool read_byte(struct tcpip_reader *reader, uint8_t *byte)
{
    uint8_t high, low;

    if (!tcpip_read_u8(reader, &high) || !tcpip_read_u8(reader, &low) || high < 'A' || high > 'P' ||
        low < 'A' || low > 'P')
        return false;
    *byte = (uint8_t)((high - 'A') * 16 + low - 'A');
    return true;
}

/* Capitals, and zeros for the spaces that fill it up. */
/*@ requires tcpip_can_read(reader) && \valid(name);
    requires \separated(name, reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, name->text[0 .. NBNS_NAME_MAX];
    ensures tcpip_read_on{Pre, Post}(reader);
    ensures \result ==> name->text[NBNS_NAME_MAX] == 0;
    ensures \result ==> tcpip_has_read{Pre, Post}(reader, 2 * NBNS_NAME_MAX); */
static bool read_text(struct tcpip_reader *reader, struct nbns_name *name)
{
    size_t used = NBNS_NAME_MAX;
    uint8_t byte;

    name->text[NBNS_NAME_MAX] = '\0';
    /*@ loop invariant i <= NBNS_NAME_MAX && tcpip_has_read{Pre, Here}(reader, 2 * i);
        loop assigns i, byte, *reader, name->text[0 .. NBNS_NAME_MAX - 1];
        loop variant NBNS_NAME_MAX - i; */
    for (size_t i = 0; i < NBNS_NAME_MAX; i++) {
        if (!read_byte(reader, &byte) || byte < ' ' || byte > '~')
            return false;
        name->text[i] = upper((char)byte);
    }
    /*@ loop invariant used <= NBNS_NAME_MAX;
        loop assigns used, name->text[0 .. NBNS_NAME_MAX - 1];
        loop variant used; */
    while (used > 0 && name->text[used - 1] == ' ')
        name->text[--used] = '\0';
    return used > 0;
}

/* Without a scope: the label, and the root. */
/*@ requires tcpip_can_read(reader) && \valid(name);
    requires \separated(name, reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, *name;
    ensures tcpip_read_on{Pre, Post}(reader);
    ensures \result ==> name->text[NBNS_NAME_MAX] == 0;
    ensures \result ==> tcpip_has_read{Pre, Post}(reader, NAME_SIZE); */
static bool read_name(struct tcpip_reader *reader, struct nbns_name *name)
{
    uint8_t length, root = 1;

    return tcpip_read_u8(reader, &length) && length == LABEL_SIZE && read_text(reader, name) &&
           read_byte(reader, &name->kind) && tcpip_read_u8(reader, &root) && root == 0;
}

/* The name, and that it is about its address. */
/*@ requires tcpip_can_write(writer) && \valid_read(name);
    requires \separated(name, writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static void write_address_of(struct tcpip_writer *writer, const struct nbns_name *name)
{
    (void)tcpip_write_u8(writer, LABEL_SIZE);
    /*@ loop invariant i <= NBNS_NAME_MAX + 1 && tcpip_written_on{Pre, Here}(writer);
        loop assigns i, *writer, \at(writer->at, Pre)[0 .. \at(writer->left, Pre) - 1];
        loop variant NBNS_NAME_MAX + 1 - i; */
    for (size_t i = 0; i <= NBNS_NAME_MAX; i++) {
        uint8_t byte = i == NBNS_NAME_MAX      ? name->kind
                       : name->text[i] == '\0' ? (uint8_t)' '
                                               : (uint8_t)name->text[i];

        (void)tcpip_write_u8(writer, (uint8_t)('A' + byte / 16u));
        (void)tcpip_write_u8(writer, (uint8_t)('A' + byte % 16u));
    }
    (void)tcpip_write_u8(writer, 0);
    (void)tcpip_write_be16(writer, TYPE_ADDRESS);
    (void)tcpip_write_be16(writer, CLASS_IN);
}

/*@ requires tcpip_can_read(reader) && \valid(numbers + (0 .. count - 1));
    requires \separated(numbers + (0 .. count - 1), reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, numbers[0 .. count - 1];
    ensures tcpip_read_on{Pre, Post}(reader);
    ensures \result ==> tcpip_has_read{Pre, Post}(reader, 2 * count); */
static bool read_numbers(struct tcpip_reader *reader, uint16_t *numbers, size_t count)
{
    /*@ loop invariant i <= count && tcpip_has_read{Pre, Here}(reader, 2 * i);
        loop assigns i, *reader, numbers[0 .. count - 1];
        loop variant count - i; */
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

/* What stands in front of the addresses. */
/*@ requires tcpip_can_read(reader) && \valid_read(query) && \valid(ttl) && \valid(size);
    requires query->name.text[NBNS_NAME_MAX] == 0;
    requires \separated(reader, ttl, size, query);
    requires \separated(reader->at + (0 .. reader->left - 1), reader, ttl, size);
    assigns *reader, *ttl, *size;
    ensures \result ==> tcpip_has_read{Pre, Post}(reader, HEADER_SIZE + NAME_SIZE + 10);
    ensures \result ==> *size <= reader->left; */
static bool read_reply(struct tcpip_reader *reader, const struct nbns_query *query, uint32_t *ttl,
                       uint16_t *size)
{
    uint16_t header[6], record[2];
    struct nbns_name name;

    return read_numbers(reader, header, 6) && header[0] == query->id &&
           header[1] / 2048u == 16u && /* a reply to a query … */
           header[1] % 16u == 0 &&     /* … without error */
           header[2] == 0 && header[3] != 0 && read_name(reader, &name) &&
           strcmp(name.text, query->name.text) == 0 && name.kind == query->name.kind &&
           read_numbers(reader, record, 2) && record[0] == TYPE_ADDRESS && record[1] == CLASS_IN &&
           tcpip_read_be32(reader, ttl) && tcpip_read_be16(reader, size) && *size <= reader->left &&
           *size % ENTRY_SIZE == 0;
}

bool tcpip_nbns_parse_reply(const uint8_t *bytes, size_t size, const struct nbns_query *query,
                            struct tcpip_address *addresses, size_t most, size_t *count,
                            uint32_t *ttl)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    uint16_t data_size;

    if (!read_reply(&reader, query, ttl, &data_size))
        return false;
    /*@ loop invariant *count <= most && *count <= data_size / ENTRY_SIZE;
        loop assigns *count, addresses[0 .. most - 1];
        loop variant most - *count; */
    for (*count = 0; *count < most && *count < data_size / (size_t)ENTRY_SIZE; (*count)++) {
        addresses[*count] = (struct tcpip_address){.family = TCPIP_IPV4};
        memcpy(addresses[*count].bytes, reader.at + *count * ENTRY_SIZE + 2, 4);
    }
    return true;
}

/*@ requires size >= 12 && tcpip_writable(bytes, size);
    assigns bytes[0 .. size - 1];
    ensures \result.at == bytes + 12 && \result.left == size - 12; */
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

    write_address_of(&writer, &query->name);
}

void tcpip_nbns_build_reply(uint8_t *bytes, const struct nbns_query *query,
                            const struct tcpip_address *address)
{
    struct tcpip_writer writer = begin(bytes, NBNS_REPLY_SIZE, query->id, FLAGS_REPLY);

    write_address_of(&writer, &query->name);
    (void)tcpip_write_be32(&writer, NBNS_TTL);
    (void)tcpip_write_be16(&writer, ENTRY_SIZE);
    (void)tcpip_write_be16(&writer, 0); /* a unique name of a host that broadcasts */
    (void)tcpip_write_bytes(&writer, address->bytes, 4);
}

#endif
