/* SPDX-License-Identifier: MIT */
/*
 * DNS messages (RFC 1035), read by the rules of RFC 9267: a compression pointer leads strictly
 * backwards, a name takes a bounded number of steps and of bytes, no count is believed beyond what
 * is there.
 *
 * A message is read in place: a name in it is an offset, and names are compared label by label where
 * they stand, without regard to the case of ASCII letters. Only a name of our own is kept, as on the
 * wire: labels with their lengths, whatever characters they have.
 */
#pragma once

#include "wire/bytes.h"

enum {
    DNS_PORT = 53,
    DNS_TYPE_A = 1,
    DNS_TYPE_CNAME = 5,
    DNS_TYPE_SOA = 6,
    DNS_TYPE_PTR = 12,
    DNS_TYPE_TXT = 16,
    DNS_TYPE_AAAA = 28,
    DNS_TYPE_SRV = 33,
    DNS_TYPE_OPT = 41,
    DNS_TYPE_NSEC = 47,
    DNS_TYPE_ANY = 255,
    DNS_CLASS_IN = 1,
    DNS_CLASS_ANY = 255,
    DNS_NAME_MAX = 255,
    DNS_LABEL_MAX = 63,
    DNS_STEPS_MAX = 128, /* labels and pointers of one name */
    DNS_HEADER_SIZE = 12,
    DNS_OPT_SIZE = 11,
    DNS_QUERY_MAX = DNS_HEADER_SIZE + DNS_NAME_MAX + 4 + DNS_OPT_SIZE,
    DNS_RCODE_OK = 0,
    DNS_RCODE_FORMAT = 1,
    DNS_RCODE_NO_NAME = 3,
    DNS_RCODE_NOT_IMPLEMENTED = 4,
    DNS_FLAG_REPLY = 0x8000,
    DNS_FLAG_TRUNCATED = 0x0200,
    DNS_FLAG_RECURSION = 0x0100,
};

#define DNS_TTL_MAX UINT32_C(0x7fffffff) /* RFC 2181 8: more counts as zero */

struct dns_message {
    const uint8_t *bytes;
    size_t size;
};

/*@ predicate tcpip_dns_can_read{L}(struct dns_message *message) =
        \valid_read(message) && message->size <= 65535 &&
        tcpip_readable(message->bytes, message->size); */

/* A name that does not stand in a message. */
struct dns_name {
    uint8_t size; /* with the zero at its end; 0: no name */
    uint8_t bytes[DNS_NAME_MAX];
};

/*@ // Labels up to a root at the end, from one of them on.
    predicate tcpip_dns_are_labels{L}(uint8_t *bytes, integer at, integer size) =
        bytes[at] == 0
            ? at + 1 == size
            : at + 1 + bytes[at] < size &&
                  tcpip_dns_are_labels(bytes, at + 1 + bytes[at], size);

    predicate tcpip_dns_is_whole{L}(struct dns_name *name) =
        \valid_read(name) && name->size <= DNS_NAME_MAX &&
        tcpip_dns_are_labels(&name->bytes[0], 0, name->size); */

struct dns_header {
    uint16_t id;
    uint16_t flags;
    uint16_t questions;
    uint16_t answers;
    uint16_t authorities;
    uint16_t additionals;
};

enum dns_section { DNS_QUESTIONS, DNS_ANSWERS, DNS_AUTHORITIES, DNS_ADDITIONALS, DNS_SECTIONS };

/* A way through everything in a message. */
struct dns_cursor {
    size_t offset;
    uint8_t section; /* of the last that was read */
    uint16_t left[DNS_SECTIONS];
};

struct dns_record {
    size_t owner; /* offset of its name */
    uint16_t type;
    uint16_t class;
    uint32_t ttl;
    uint16_t size;
    size_t data; /* offset */
};

/*@ predicate tcpip_dns_is_inside{L}(struct dns_record *record, struct dns_message *message) =
        record->data + record->size <= message->size; */

/* What is asked. */
struct dns_question {
    uint16_t id;
    uint16_t type;
    uint16_t flags;   /* of the query */
    uint16_t payload; /* bytes of an answer that can be taken (RFC 6891); 0: not said */
    struct dns_name name;
};

/* "www.example.com" or with a dot at the end, and `domain` behind it unless that is NULL. False: an
 * empty or too long label or name. */
/*@ requires \valid(name) && tcpip_is_text(text) && \separated(name, text + (0 ..));
    requires domain == \null || tcpip_is_text(domain) && \separated(name, domain + (0 ..));
    assigns *name;
    ensures \result ==> name->size > 1 && name->bytes[name->size - 1] == 0; */
bool tcpip_dns_name_from_text(struct dns_name *name, const char *text, const char *domain);

/* The same in steps: begins with a name of size 0, appends labels (any bytes but none of them, or the
 * labels of a text), and ends it. False: too long. */
/*@ requires \valid(name) && \valid_read((char *)label + (0 .. size - 1));
    requires \separated(name, (char *)label + (0 .. size - 1));
    assigns *name;
    ensures name->size == \old(name->size) + (\result ? 1 + size : 0); */
bool tcpip_dns_append_label(struct dns_name *name, const void *label, size_t size);
/*@ requires \valid(name) && tcpip_is_text(text) && \separated(name, text + (0 ..));
    assigns *name;
    ensures \result ==> name->size > 0; */
bool tcpip_dns_append_text(struct dns_name *name, const char *text);
/*@ requires \valid(name);
    assigns *name;
    ensures \result ==> name->size == \old(name->size) + 1 && name->bytes[name->size - 1] == 0; */
bool tcpip_dns_end_name(struct dns_name *name);

/* Makes capital letters small. */
/*@ requires \valid(name) && name->size <= DNS_NAME_MAX;
    assigns name->bytes[0 .. DNS_NAME_MAX - 1]; */
void tcpip_dns_lower(struct dns_name *name);

/* The text of a name without a dot at its end. False: no room, or a label holds a dot, a zero or a
 * control character, so that the text could not be read back. */
/*@ requires tcpip_dns_can_read(message) && \valid(text + (0 .. size - 1));
    requires \separated(text + (0 .. size - 1), message);
    requires \separated(text + (0 .. size - 1), message->bytes + (0 .. message->size - 1));
    assigns text[0 .. size - 1];
    ensures \result ==> \exists integer end; 0 <= end < size && text[end] == 0; */
bool tcpip_dns_text_of(const struct dns_message *message, size_t offset, char *text, size_t size);

/* Moves the offset behind a name that may be compressed. False: malformed. */
/*@ requires tcpip_dns_can_read(message) && \valid(offset) && \separated(offset, message);
    requires \separated(offset, message->bytes + (0 .. message->size - 1));
    assigns *offset;
    ensures \result ==> \old(*offset) < *offset <= message->size; */
bool tcpip_dns_skip_name(const struct dns_message *message, size_t *offset);

/* Takes a name out of a message, expanded. */
/*@ requires tcpip_dns_can_read(message) && \valid(name);
    requires \separated(name, message);
    requires \separated(name, message->bytes + (0 .. message->size - 1));
    assigns *name;
    ensures \result ==> 1 <= name->size <= DNS_NAME_MAX; */
bool tcpip_dns_read_name(const struct dns_message *message, size_t offset, struct dns_name *name);

/* False also when one of them is malformed. */
/*@ requires tcpip_dns_can_read(a) && tcpip_dns_can_read(b);
    assigns \nothing; */
bool tcpip_dns_same_name(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                         size_t at_b);
/*@ requires tcpip_dns_can_read(message) && \valid_read(name);
    assigns \nothing; */
bool tcpip_dns_is_name(const struct dns_message *message, size_t offset,
                       const struct dns_name *name);

/* Compares the bytes of two sound names, expanded, as RFC 6762 8.2 orders them: less than, equal to
 * or greater than 0. */
/*@ requires tcpip_dns_can_read(a) && tcpip_dns_can_read(b);
    assigns \nothing; */
int tcpip_dns_compare_names(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                            size_t at_b);

/*@ requires tcpip_dns_can_read(message) && \valid(header);
    requires \separated(header, message);
    requires \separated(header, message->bytes + (0 .. message->size - 1));
    assigns *header;
    ensures \result <==> message->size >= DNS_HEADER_SIZE; */
bool tcpip_dns_read_header(const struct dns_message *message, struct dns_header *header);

/* Reads a question into the first three members, and moves the offset behind it. */
/*@ requires tcpip_dns_can_read(message) && \valid(offset) && \valid(record);
    requires \separated(offset, record, message);
    requires \separated(offset, message->bytes + (0 .. message->size - 1));
    requires \separated(record, message->bytes + (0 .. message->size - 1));
    assigns *offset, record->owner, record->type, record->class;
    ensures \result ==> \old(*offset) < *offset <= message->size;
    ensures record->owner == \old(*offset); */
bool tcpip_dns_read_question(const struct dns_message *message, size_t *offset,
                             struct dns_record *record);

/* Reads a record, and moves the offset behind it. */
/*@ requires tcpip_dns_can_read(message) && \valid(offset) && \valid(record);
    requires \separated(offset, record, message);
    requires \separated(offset, message->bytes + (0 .. message->size - 1));
    requires \separated(record, message->bytes + (0 .. message->size - 1));
    assigns *offset, *record;
    ensures \result ==> \old(*offset) < record->data <= *offset <= message->size;
    ensures \result ==> record->data + record->size == *offset && record->ttl <= DNS_TTL_MAX; */
bool tcpip_dns_read_record(const struct dns_message *message, size_t *offset,
                           struct dns_record *record);

/* Reads one after the other the questions and records of a message whose header is `header`. False:
 * the end, or something malformed. */
/*@ requires \valid_read(header);
    assigns \nothing;
    ensures \result.offset == DNS_HEADER_SIZE && \result.section == DNS_QUESTIONS; */
struct dns_cursor tcpip_dns_cursor(const struct dns_header *header);
/*@ requires tcpip_dns_can_read(message) && \valid(cursor) && \valid(record);
    requires \separated(cursor, record, message);
    requires \separated(cursor, message->bytes + (0 .. message->size - 1));
    requires \separated(record, message->bytes + (0 .. message->size - 1));
    requires cursor->section <= DNS_SECTIONS;
    assigns *cursor, *record;
    ensures cursor->section <= DNS_SECTIONS;
    ensures \result ==> \old(cursor->offset) < cursor->offset <= message->size;
    ensures \result ==> cursor->section < DNS_SECTIONS;
    ensures \result && cursor->section != DNS_QUESTIONS ==>
            record->data > 0 && tcpip_dns_is_inside(record, message); */
bool tcpip_dns_next(const struct dns_message *message, struct dns_cursor *cursor,
                    struct dns_record *record);

/* Writes a query with one question; returns its bytes, or 0: no room. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(question);
    requires question->name.size <= DNS_NAME_MAX;
    requires \separated(question, bytes + (0 .. size - 1));
    assigns bytes[0 .. size - 1];
    ensures \result <= size && \result <= DNS_QUERY_MAX; */
size_t tcpip_dns_build_query(uint8_t *bytes, size_t size, const struct dns_question *question);
