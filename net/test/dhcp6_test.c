/* SPDX-License-Identifier: MIT */
/* DHCPv6: the parser against every option length, the machine against the clock, the client on a wire. */
#include "world6.h"

#include <string.h>

#include "client/dhcp6.h"
#include "client/dhcp6_machine.h"
#include "core/checksum.h"
#include "core/drop.h"
#include "wire/udp.h"

enum { ID = 7, XID = 0x123456, MOST = 600 };

static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};
static const uint8_t leased[16] = {0x20, 1, 0x0d, 0xb8, 0, 0x55, [15] = 0x77};

/* --- messages put together ---------------------------------------------------------------------- */

static size_t put(uint8_t *at, uint16_t code, const void *bytes, size_t size)
{
    tcpip_put_be16(at, code);
    tcpip_put_be16(at + 2, (uint16_t)size);
    memcpy(at + 4, bytes, size);
    return 4 + size;
}

static size_t put_names(uint8_t *message, uint8_t type, uint32_t xid, uint8_t server)
{
    uint8_t duid[10] = {0, 3, 0, 1};
    size_t size = 4;

    memcpy(duid + 4, mac, NETIF_MAC_SIZE);
    tcpip_put_be32(message, type * 0x1000000u + xid);
    size += put(message + size, 1, duid, sizeof duid);
    return size + put(message + size, 2, (uint8_t[]){0, 2, 9, server}, 4);
}

struct terms {
    uint32_t id, renew, rebind, preferred, valid;
    uint16_t status;
    uint8_t address_change;
};

static size_t put_lease(uint8_t *at, struct terms terms)
{
    uint8_t body[12 + 28 + 6];
    size_t size = 12;

    tcpip_put_be32(body, terms.id);
    tcpip_put_be32(body + 4, terms.renew);
    tcpip_put_be32(body + 8, terms.rebind);
    if (terms.status == 0) {
        uint8_t address[24];

        memcpy(address, leased, 16);
        address[15] = (uint8_t)(address[15] + terms.address_change);
        tcpip_put_be32(address + 16, terms.preferred);
        tcpip_put_be32(address + 20, terms.valid);
        size += put(body + size, 5, address, sizeof address);
    } else {
        uint8_t status[2];

        tcpip_put_be16(status, terms.status);
        size += put(body + size, 13, status, 2);
    }
    return put(at, 3, body, size);
}

static size_t reply_with(uint8_t *message, uint8_t type, struct terms terms)
{
    size_t size = put_names(message, type, XID, 1);

    return size + put_lease(message + size, terms);
}

static const struct terms usual = {ID, 100, 160, 200, 300, 0, 0};

/* --- the parser ------------------------------------------------------------------------------------ */

TEST(reply_is_read)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    size_t size = reply_with(message, DHCP6_REPLY, usual);

    size += put(message + size, 23, leased, 16);
    size += put(message + size, 7, (uint8_t[]){9}, 1);
    size += put(message + size, 32, (uint8_t[]){0, 0, 16, 0}, 4);
    size += put(message + size, 99, "unknown", 7);
    CHECK(tcpip_dhcp6_parse(message, size, mac, ID, &reply));
    CHECK_EQUAL(DHCP6_REPLY, reply.type);
    CHECK_EQUAL(XID, reply.xid);
    CHECK_EQUAL(4, reply.server.size);
    CHECK_EQUAL(9, reply.preference);
    CHECK(reply.lease.has_address);
    CHECK_BYTES(leased, reply.lease.address, 16);
    CHECK_EQUAL(100, reply.lease.renew);
    CHECK_EQUAL(160, reply.lease.rebind);
    CHECK_EQUAL(200, reply.lease.preferred);
    CHECK_EQUAL(300, reply.lease.valid);
    CHECK_EQUAL(1, reply.dns_count);
    CHECK_EQUAL(4096, reply.refresh);
}

TEST(message_for_another_client_or_of_no_server_is_refused)
{
    static const uint8_t other[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 9};
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    size_t size = reply_with(message, DHCP6_REPLY, usual);

    CHECK(!tcpip_dhcp6_parse(message, size, other, ID, &reply));
    CHECK(tcpip_dhcp6_parse(message, size, mac, ID + 1, &reply)); /* but the lease is not its */
    CHECK(!reply.lease.has_address);
    for (unsigned type = 0; type < 256; type++) {
        message[0] = (uint8_t)type;
        CHECK_EQUAL(type == DHCP6_REPLY || type == DHCP6_ADVERTISE,
                    tcpip_dhcp6_parse(message, size, mac, ID, &reply));
    }
    message[0] = DHCP6_REPLY;
    CHECK(!tcpip_dhcp6_parse(message, 4 + 14, mac, ID, &reply)); /* no server */
    CHECK(!tcpip_dhcp6_parse(message, 4, mac, ID, &reply));
    size = put_names(message, DHCP6_REPLY, XID, 1);
    size += put(message + size, 2, (uint8_t[]){0, 2, 9, 9}, 4); /* two servers */
    CHECK(!tcpip_dhcp6_parse(message, size, mac, ID, &reply));
}

TEST(terms_that_contradict_each_other_are_left_out)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    struct terms terms = usual;

    terms.renew = 161; /* T1 beyond T2 */
    CHECK(tcpip_dhcp6_parse(message, reply_with(message, 7, terms), mac, ID, &reply));
    CHECK(!reply.lease.has_address);
    terms = usual;
    terms.preferred = 301; /* preferred beyond valid */
    CHECK(tcpip_dhcp6_parse(message, reply_with(message, 7, terms), mac, ID, &reply));
    CHECK(!reply.lease.has_address);
}

TEST(ledger_17_every_dhcpv6_option_length_at_every_remaining_size)
{
    static const uint8_t codes[] = {1, 2, 3, 5, 7, 13, 23, 32, 77};
    uint8_t message[MOST] = {0};
    struct dhcp6_reply reply;
    size_t at = put_names(message, DHCP6_REPLY, XID, 1);

    for (size_t c = 0; c < sizeof codes; c++) {
        for (size_t said = 0; said < 300; said++) {
            for (size_t there = 0; there <= 300; there += there < 70 ? 1 : 23) {
                memset(message + at, 0, 310);
                tcpip_put_be16(message + at, codes[c]);
                tcpip_put_be16(message + at + 2, (uint16_t)said);
                bool sound = tcpip_dhcp6_parse(message, at + there, mac, ID, &reply);
                CHECK(!sound || there == 0 || said + 4 <= there);
            }
        }
    }
}

TEST(every_truncation_and_every_inner_length_is_refused_or_harmless)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    size_t size = reply_with(message, DHCP6_REPLY, usual);

    for (size_t cut = 0; cut < size; cut++) /* between two options it is a message, too */
        CHECK_EQUAL(cut == size - 44, tcpip_dhcp6_parse(message, cut, mac, ID, &reply));
    for (unsigned inner = 0; inner < 65536; inner += inner < 100 ? 1 : 997) {
        tcpip_put_be16(message + size - 26, (uint16_t)inner); /* of the address in the lease */
        bool sound = tcpip_dhcp6_parse(message, size, mac, ID, &reply);
        CHECK_EQUAL(inner == 24, sound && reply.lease.has_address);
    }
}

TEST(what_we_write_a_parser_reads)
{
    uint8_t bytes[DHCP6_MESSAGE_MOST];
    struct dhcp6_duid server = {DHCP6_DUID_MOST, {1}};
    struct dhcp6_reply reply;

    for (unsigned type = 1; type <= 11; type++) {
        struct dhcp6_request request = {.type = (enum dhcp6_type)type,
                                        .xid = XID,
                                        .server = &server,
                                        .with_lease = true,
                                        .lease = {.id = ID, .has_address = true}};

        memcpy(request.mac, mac, sizeof mac);
        memcpy(request.lease.address, leased, 16);
        size_t size = tcpip_dhcp6_build(bytes, sizeof bytes, &request);
        CHECK(size > 0);
        CHECK_EQUAL(type, bytes[0]);
        bytes[0] = DHCP6_REPLY;
        CHECK(tcpip_dhcp6_parse(bytes, size, mac, ID, &reply));
        CHECK_BYTES(leased, reply.lease.address, 16);
        for (size_t room = 0; room < size; room++)
            CHECK_EQUAL(0, tcpip_dhcp6_build(bytes, room, &request));
    }
}

TEST(every_message_of_up_to_three_bytes_is_refused)
{
    struct dhcp6_reply reply;

    for (uint32_t i = 0; i < 1u << 24; i += 7) {
        uint8_t bytes[3] = {(uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16)};

        CHECK(!tcpip_dhcp6_parse(bytes, i % 4, mac, ID, &reply));
    }
}

/* --- the machine ------------------------------------------------------------------------------------ */

static struct dhcp6_machine machine;

static void step(enum dhcp6_event_kind kind, uint64_t now, const struct dhcp6_reply *reply)
{
    struct dhcp6_event event = {kind, now, XID, reply};

    tcpip_dhcp6_machine_step(&machine, &event);
}

static void hear(uint8_t type, uint64_t now, struct terms terms)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;

    CHECK(tcpip_dhcp6_parse(message, reply_with(message, type, terms), mac, ID, &reply));
    step(DHCP6_EVENT_REPLY, now, &reply);
}

static void sleep_over(void)
{
    CHECK(machine.wake != UINT64_MAX);
    step(DHCP6_EVENT_TIME, machine.wake, NULL);
}

static void machine_begin(bool informs)
{
    tcpip_dhcp6_machine_init(&machine, mac, ID, informs, 64000);
    step(DHCP6_EVENT_START, 0, NULL);
}

/* The REQUEST has been sent; returns when. */
static uint64_t machine_request(void)
{
    machine_begin(false);
    sleep_over();
    CHECK_EQUAL(DHCP6_SOLICIT, machine.send.type);
    uint64_t now = machine.wake;
    hear(DHCP6_ADVERTISE, now - 1, usual);
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state); /* others may offer more */
    step(DHCP6_EVENT_TIME, now, NULL);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
    CHECK_EQUAL(DHCP6_REQUEST, machine.send.type);
    return now;
}

static uint64_t machine_bind(struct terms terms)
{
    uint64_t now = machine_request();

    hear(DHCP6_REPLY, now, terms);
    CHECK_EQUAL(DHCP6_CHECKING, machine.state);
    step(DHCP6_EVENT_FREE, now, NULL);
    CHECK_EQUAL(DHCP6_BOUND, machine.state);
    CHECK_EQUAL(DHCP6_BIND, machine.actions);
    return now;
}

TEST(solicit_is_repeated_with_doubled_pauses_up_to_an_hour)
{
    uint64_t last;
    uint32_t before = 0;

    machine_begin(false);
    CHECK_EQUAL(0, machine.actions); /* not all at once when the power comes back */
    CHECK(machine.wake < 1000);
    for (int i = 0; i < 20; i++) {
        last = machine.wake;
        sleep_over();
        CHECK_EQUAL(DHCP6_SOLICIT, machine.send.type);
        CHECK(!machine.send.lease.has_address);
        CHECK(machine.send.server == NULL);
        uint32_t pause = (uint32_t)(machine.wake - last);
        CHECK(i == 0 ? pause >= 1000 && pause <= 1100 : pause <= 3600 * 1100u);
        CHECK(pause >= 3600 * 900u || pause > before + before / 2);
        before = pause;
    }
    CHECK_EQUAL(UINT16_MAX, machine.send.elapsed);
}

TEST(no_server_for_long_is_told_once)
{
    unsigned told = 0;

    machine_begin(false);
    for (int i = 0; i < 20; i++) {
        sleep_over();
        told += (machine.actions & DHCP6_GIVE_UP) != 0;
    }
    CHECK_EQUAL(1, told);
}

TEST(best_offer_is_taken_and_the_highest_at_once)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;

    machine_begin(false);
    sleep_over();
    size_t size = reply_with(message, DHCP6_ADVERTISE, usual);
    for (unsigned preference = 1; preference < 255; preference += 50) {
        size_t whole = size + put(message + size, 7, (uint8_t[]){(uint8_t)preference}, 1);

        message[18 + 4 + 3] = (uint8_t)preference; /* the last byte of the server's name */
        CHECK(tcpip_dhcp6_parse(message, whole, mac, ID, &reply));
        step(DHCP6_EVENT_REPLY, 10, &reply);
        CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
    }
    hear(DHCP6_ADVERTISE, 11, usual); /* not as good */
    CHECK_EQUAL(251, machine.server.bytes[3]);
    reply.preference = 255;
    step(DHCP6_EVENT_REPLY, 12, &reply);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
}

TEST(offer_of_nothing_or_of_nonsense_is_no_offer)
{
    static const uint8_t wrong[][2] = {{0, 0}, {0xff, 2}, {0xfe, 0x80}, {0xfe, 0xc0}};
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    struct terms none = {ID, .status = DHCP6_NO_ADDRESSES};
    struct terms ended = {ID, 0, 0, 0, 0, 0, 0};

    machine_begin(false);
    sleep_over();
    hear(DHCP6_ADVERTISE, 10, none);
    hear(DHCP6_ADVERTISE, 10, ended);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(tcpip_dhcp6_parse(message, reply_with(message, DHCP6_ADVERTISE, usual), mac, ID,
                                &reply));
        memcpy(reply.lease.address, wrong[i], 2);
        step(DHCP6_EVENT_REPLY, 10, &reply);
    }
    CHECK_EQUAL(-1, machine.preference);
    sleep_over();
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
    hear(DHCP6_ADVERTISE, machine.wake - 1, usual); /* from now on whoever answers */
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
}

TEST(request_without_an_answer_begins_anew_after_ten)
{
    machine_request();
    for (int i = 0; i < 9; i++) {
        sleep_over();
        CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
        CHECK_EQUAL(4, machine.send.server->size);
    }
    sleep_over();
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
}

TEST(lease_is_renewed_rebound_and_ends)
{
    uint64_t bound = machine_bind(usual);

    CHECK_EQUAL(bound + 100000, machine.wake);
    sleep_over();
    CHECK_EQUAL(DHCP6_RENEWING, machine.state);
    CHECK_EQUAL(DHCP6_RENEW, machine.send.type);
    CHECK(machine.send.server != NULL && machine.send.lease.has_address);
    while (machine.state == DHCP6_RENEWING)
        sleep_over();
    CHECK_EQUAL(DHCP6_REBINDING, machine.state);
    CHECK_EQUAL(DHCP6_REBIND, machine.send.type);
    CHECK(machine.send.server == NULL);
    CHECK(machine.wake > bound + 160000 && machine.wake < bound + 175000);
    while (machine.state == DHCP6_REBINDING)
        sleep_over();
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
    CHECK_EQUAL(DHCP6_UNBIND, machine.actions);
    CHECK_EQUAL(bound + 300000, machine.wake);
}

TEST(renewed_lease_counts_from_now)
{
    uint64_t bound = machine_bind(usual);

    sleep_over();
    hear(DHCP6_REPLY, bound + 100010, usual);
    CHECK_EQUAL(DHCP6_BOUND, machine.state);
    CHECK_EQUAL(DHCP6_BIND, machine.actions);
    CHECK_EQUAL(bound + 100010 + 100000, machine.wake);
    CHECK_EQUAL(bound + 100010 + 300000, machine.expire_at);
}

TEST(times_are_chosen_where_the_server_leaves_them_open)
{
    struct terms open = {ID, 0, 0, 1000, 2000, 0, 0};
    struct terms endless = {ID, 0, 0, DHCP6_FOREVER, DHCP6_FOREVER, 0, 0};
    uint64_t bound = machine_bind(open);

    CHECK_EQUAL(bound + 500000, machine.renew_at);
    CHECK_EQUAL(bound + 800000, machine.rebind_at);
    machine_bind(endless);
    CHECK_EQUAL(UINT64_MAX, machine.wake);
}

TEST(server_that_knows_no_binding_is_asked_for_one_while_the_address_lasts)
{
    struct terms none = {ID, .status = DHCP6_NO_BINDING};
    uint64_t bound = machine_bind(usual);

    sleep_over();
    hear(DHCP6_REPLY, bound + 100010, none);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
    CHECK_EQUAL(DHCP6_SEND, machine.actions);
    hear(DHCP6_REPLY, bound + 100020, usual);
    CHECK_EQUAL(DHCP6_CHECKING, machine.state);
}

TEST(address_that_is_not_right_here_or_has_no_time_left_is_lost)
{
    struct terms wrong = {ID, .status = DHCP6_NOT_ON_LINK};
    struct terms over = {ID, 0, 0, 0, 0, 0, 0};
    struct terms other = usual;

    for (int i = 0; i < 2; i++) {
        uint64_t bound = machine_bind(usual);

        sleep_over();
        hear(DHCP6_REPLY, bound + 100010, i == 0 ? wrong : over);
        CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
        CHECK_EQUAL(DHCP6_UNBIND, machine.actions);
    }
    uint64_t bound = machine_bind(usual);
    sleep_over();
    other.address_change = 1;
    hear(DHCP6_REPLY, bound + 100010, other);
    CHECK_EQUAL(DHCP6_CHECKING, machine.state);
    CHECK_EQUAL(DHCP6_UNBIND | DHCP6_CHECK, machine.actions);
}

TEST(reply_of_another_server_or_transaction_is_ignored)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;
    uint64_t now = machine_request();

    CHECK(tcpip_dhcp6_parse(message, reply_with(message, DHCP6_REPLY, usual), mac, ID, &reply));
    reply.server.bytes[3] = 99;
    step(DHCP6_EVENT_REPLY, now, &reply);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
    reply.server.bytes[3] = 1;
    reply.xid++;
    step(DHCP6_EVENT_REPLY, now, &reply);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
    reply.xid--;
    reply.type = DHCP6_ADVERTISE;
    step(DHCP6_EVENT_REPLY, now, &reply);
    CHECK_EQUAL(DHCP6_REQUESTING, machine.state);
    reply.type = DHCP6_REPLY;
    step(DHCP6_EVENT_REPLY, now, &reply);
    CHECK_EQUAL(DHCP6_CHECKING, machine.state);
}

TEST(address_that_is_taken_is_declined)
{
    uint64_t now = machine_request();

    hear(DHCP6_REPLY, now, usual);
    step(DHCP6_EVENT_CONFLICT, now, NULL);
    CHECK_EQUAL(DHCP6_DECLINING, machine.state);
    CHECK_EQUAL(DHCP6_DECLINE, machine.send.type);
    CHECK_BYTES(leased, machine.send.lease.address, 16);
    for (int i = 0; i < 3; i++) {
        sleep_over();
        CHECK_EQUAL(DHCP6_DECLINE, machine.send.type);
    }
    sleep_over();
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
}

TEST(released_lease_is_told_until_it_is_confirmed)
{
    uint64_t bound = machine_bind(usual);

    step(DHCP6_EVENT_RELEASE, bound + 10, NULL);
    CHECK_EQUAL(DHCP6_UNBIND | DHCP6_SEND, machine.actions);
    CHECK_EQUAL(DHCP6_RELEASE, machine.send.type);
    sleep_over();
    hear(DHCP6_REPLY, bound + 5000, usual);
    CHECK_EQUAL(DHCP6_STOPPED, machine.state);
    CHECK_EQUAL(UINT64_MAX, machine.wake);
    machine_begin(false);
    step(DHCP6_EVENT_RELEASE, 10, NULL);
    CHECK_EQUAL(DHCP6_UNBIND, machine.actions); /* there is none */
}

TEST(lease_is_confirmed_when_the_link_is_back)
{
    struct terms plain = {ID, .status = DHCP6_NOT_ON_LINK};

    for (int way = 0; way < 3; way++) {
        uint64_t bound = machine_bind(usual);

        machine.state = DHCP6_STOPPED;
        step(DHCP6_EVENT_START, bound + 50000, NULL);
        CHECK_EQUAL(DHCP6_CONFIRMING, machine.state);
        CHECK_EQUAL(DHCP6_CONFIRM, machine.send.type);
        if (way == 0) {
            hear(DHCP6_REPLY, bound + 50010, usual);
            CHECK_EQUAL(DHCP6_CHECKING, machine.state);
            step(DHCP6_EVENT_FREE, bound + 51010, NULL);
            CHECK_EQUAL(bound + 100000, machine.wake); /* it is as old as it was */
        } else if (way == 1) {
            while (machine.state == DHCP6_CONFIRMING)
                sleep_over();
            CHECK_EQUAL(DHCP6_CHECKING, machine.state); /* nobody says no */
        } else {
            uint8_t message[MOST];
            struct dhcp6_reply reply;

            CHECK(tcpip_dhcp6_parse(message, reply_with(message, 7, plain), mac, ID, &reply));
            reply.status = DHCP6_NOT_ON_LINK;
            step(DHCP6_EVENT_REPLY, bound + 50010, &reply);
            CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
        }
    }
    uint64_t bound = machine_bind(usual);
    machine.state = DHCP6_STOPPED;
    step(DHCP6_EVENT_START, bound + 300000, NULL); /* over */
    CHECK_EQUAL(DHCP6_SOLICITING, machine.state);
}

TEST(information_is_asked_for_and_again_in_its_time)
{
    uint8_t message[MOST];
    struct dhcp6_reply reply;

    machine_begin(true);
    sleep_over();
    CHECK_EQUAL(DHCP6_INFORMATION_REQUEST, machine.send.type);
    CHECK(!machine.send.with_lease);
    size_t size = put_names(message, DHCP6_REPLY, XID, 1);
    size += put(message + size, 23, leased, 16);
    CHECK(tcpip_dhcp6_parse(message, size, mac, ID, &reply));
    step(DHCP6_EVENT_REPLY, 5000, &reply);
    CHECK_EQUAL(DHCP6_INFORM, machine.actions);
    CHECK_EQUAL(5000 + UINT64_C(86400000), machine.wake);
    sleep_over();
    sleep_over();
    reply.refresh = 1;
    step(DHCP6_EVENT_REPLY, UINT64_C(86500000), &reply);
    CHECK_EQUAL(UINT64_C(86500000) + 600000, machine.wake);
}

TEST(every_event_in_every_state_is_survived)
{
    for (unsigned state = 0; state < DHCP6_STATES; state++) {
        for (unsigned kind = 0; kind <= DHCP6_EVENT_RELEASE; kind++) {
            for (unsigned status = 0; status < 6; status++) {
                uint64_t bound = machine_bind(usual);
                struct terms terms = usual;

                terms.status = (uint16_t)status;
                machine.state = (enum dhcp6_state)state;
                machine.wake = bound;
                if (kind == DHCP6_EVENT_REPLY)
                    hear(status % 2 == 0 ? DHCP6_REPLY : DHCP6_ADVERTISE, bound, terms);
                else
                    step((enum dhcp6_event_kind)kind, bound, NULL);
                CHECK(machine.state < DHCP6_STATES);
            }
        }
    }
}

/* --- on the wire -------------------------------------------------------------------------------------- */

static struct {
    bool silent, conflict;
    unsigned count[12];
    uint32_t valid;
} server;

static unsigned solicitations_since_lease;

static void answer(struct wire *wire, const uint8_t *frame, const uint8_t *message)
{
    uint8_t bytes[MOST], back[WIRE_FRAME_SIZE];
    uint8_t type = message[0] == DHCP6_SOLICIT ? DHCP6_ADVERTISE : DHCP6_REPLY;
    uint32_t xid = tcpip_get_be32(message) % 0x1000000u;
    struct tcpip_address to = tcpip_address_from_ipv6(frame + IP6_AT + IPV6_SOURCE_AT);
    struct tcpip_address from = ip6("fe80::547");
    size_t size = put_names(bytes, type, xid, 1);
    struct udp_header udp = {547, 546, 0, 0};
    struct ipv6_header header = {0, 17, 64, from.bytes, to.bytes};

    if (message[0] != DHCP6_INFORMATION_REQUEST)
        size += put_lease(bytes + size, (struct terms){world.interface.number * 256u + 1, 0, 0,
                                                       server.valid / 2, server.valid, 0, 0});
    size += put(bytes + size, 23, leased, 16);
    udp.length = (uint16_t)(8 + size);
    header.payload_size = udp.length;
    memcpy(back, wire->netif.mac, 6);
    memcpy(back + 6, wire->peer_mac, 6);
    tcpip_put_be16(back + 12, 0x86dd);
    ipv6_build(back + IP6_AT, 40, &header);
    udp_build(back + ICMP6_AT, 8, &udp);
    memcpy(back + ICMP6_AT + 8, bytes, size);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, 17, udp.length);
    tcpip_checksum_put(sum, back + ICMP6_AT, udp.length, 6);
    wire_send(wire, back, ICMP6_AT + udp.length);
}

static bool has_lease(void)
{
    return world6.end_point.state == TCPIP_END_POINT_UP &&
           memcmp(world6.end_point.active.address.bytes, leased, 16) == 0;
}

static bool serve(struct wire *wire, const uint8_t *frame, size_t length)
{
    const uint8_t *udp = frame + ICMP6_AT;

    if (length > ICMP6_AT && tcpip_get_be16(frame + 12) == 0x86dd &&
        frame[IP6_AT + 6] == IPV6_PROTOCOL_ICMP && frame[ICMP6_AT] == ND_ROUTER_SOLICITATION)
        solicitations_since_lease += has_lease();

    if (length < ICMP6_AT + 12u || tcpip_get_be16(frame + 12) != 0x86dd ||
        frame[IP6_AT + 6] != 17 || tcpip_get_be16(udp + 2) != 547)
        return true;
    CHECK_EQUAL(0xfe, frame[IP6_AT + IPV6_SOURCE_AT]);
    CHECK(udp[8] < 12);
    server.count[udp[8]]++;
    if (!server.silent)
        answer(wire, frame, udp + 8);
    return true;
}

/* The second end-point of the interface wants DHCPv6, or a router's prefix. */
static void begin(bool wants_ra)
{
    memset(&server, 0, sizeof server);
    server.valid = 1000;
    solicitations_since_lease = 0;
    world_begin(false);
    wire_set_cut(&world.wire, true);
    host_run(0);
    world.wire.peer = serve;
    world6.end_point = (struct tcpip_end_point){.wants_dhcp = !wants_ra, .wants_ra = wants_ra};
    world6.end_point.defaults.address.family = TCPIP_IPV6;
    tcpip_end_point_link(&world.interface, &world6.end_point);
    wire_set_cut(&world.wire, false);
    host_run(0);
}

TEST(end_point_gets_its_address_and_keeps_it)
{
    begin(false);
    host_run(10000);
    CHECK(has_lease());
    CHECK_EQUAL(1, world6.end_point.active.dns_count);
    CHECK_EQUAL(128, world6.end_point.active.prefix);
    host_run(3000 * 1000);
    CHECK(has_lease());
    CHECK(server.count[DHCP6_RENEW] >= 10);
    CHECK_EQUAL(1, server.count[DHCP6_REQUEST]);
    server.silent = true;
    host_run(600 * 1000); /* no longer preferred … */
    CHECK(has_lease());
    CHECK(tcpip_end_point_deprecated(&world6.end_point));
    host_run(500 * 1000); /* … nor valid */
    CHECK(!has_lease());
    CHECK(server.count[DHCP6_REBIND] > 0);
    server.silent = false;
    host_run(300 * 1000);
    CHECK(has_lease());
    world6_end();
}

/* What a router says of the prefix before there is an address is not kept. */
TEST(router_is_asked_about_the_prefix_of_a_new_lease)
{
    struct advertisement said = router_says(1800, ND_MANAGED);

    begin(false);
    says_prefix(&said, "2001:db8:55::", 64, ND_PREFIX_ON_LINK, 8000, 8000);
    world6_hear(ROUTER6, &said); /* it ends the search for routers */
    for (unsigned i = 0; i < 100 && solicitations_since_lease == 0; i++)
        host_run(100);
    CHECK(has_lease());
    CHECK_EQUAL(128, world6.end_point.active.prefix);
    world6_hear(ROUTER6, &said);
    CHECK_EQUAL(64, world6.end_point.active.prefix);
    host_run(600 * 1000); /* renewals ask nobody */
    CHECK(server.count[DHCP6_RENEW] > 0);
    CHECK_EQUAL(1, solicitations_since_lease);
    world6_end();
}

TEST(defaults_are_used_when_no_server_answers)
{
    begin(false);
    server.silent = true;
    world6.end_point.defaults = (struct tcpip_configuration){.address = ip6(OWN6), .prefix = 64};
    host_run(300 * 1000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK_EQUAL(1, world6.end_point.active.address.bytes[15]);
    world6_end();
}

TEST(cut_link_confirms_the_lease)
{
    begin(false);
    host_run(10000);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    CHECK(!has_lease());
    wire_set_cut(&world.wire, false);
    host_run(10000);
    CHECK(has_lease());
    CHECK(server.count[DHCP6_CONFIRM] >= 1);
    CHECK_EQUAL(1, server.count[DHCP6_REQUEST]);
    world6_end();
}

TEST(lease_is_given_back_and_asked_for_again)
{
    begin(false);
    host_run(10000);
    tcpip_dhcp6_release(&world6.end_point);
    host_run(100000);
    CHECK(!has_lease());
    CHECK_EQUAL(1, server.count[DHCP6_RELEASE]);
    CHECK_EQUAL(1, server.count[DHCP6_SOLICIT]);
    CHECK(tcpip_dhcp6_start(&world6.end_point));
    host_run(10000);
    CHECK(has_lease());
    world6_end();
}

TEST(router_that_says_there_is_more_has_dns_servers_asked_for)
{
    struct advertisement said = router_says(1800, ND_OTHER);

    begin(true);
    host_run(10000);
    says_prefix(&said, "2001:db8:1::", 64, ND_PREFIX_AUTONOMOUS, 8000, 8000);
    world6_hear(ROUTER6, &said);
    host_run(10000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK_EQUAL(1, world6.end_point.active.dns_count);
    CHECK_BYTES(leased, world6.end_point.active.dns[0].bytes, 16);
    CHECK_EQUAL(1, server.count[DHCP6_INFORMATION_REQUEST]);
    CHECK_EQUAL(0, server.count[DHCP6_SOLICIT]);
    world6_hear(ROUTER6, &said);
    host_run(10000);
    CHECK_EQUAL(1, server.count[DHCP6_INFORMATION_REQUEST]);
    world6_end();
}

TEST(ledger_18_reply_to_a_group_or_from_another_port_or_interface_is_ignored)
{
    uint8_t bytes[MOST], frame[WIRE_FRAME_SIZE];
    size_t size = reply_with(bytes, DHCP6_ADVERTISE, usual);

    begin(false);
    server.silent = true;
    host_run(5000);
    tcpip_drops_reset();
    world_receive(frame, world6_udp(frame, "fe80::547", 548, "ff02::1", 546, bytes, size));
    world_receive(frame, world6_udp(frame, "fe80::547", 547, "ff02::1", 546, bytes, size));
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_CLIENT));
    world6_end();
}

TEST(no_memory_for_the_client_uses_the_defaults)
{
    begin(true);
    world6.second = (struct tcpip_end_point){.wants_dhcp = true,
                                             .defaults = {.address = ip6(OWN6), .prefix = 64}};
    tcpip_end_point_link(&world.interface, &world6.second);
    host_allocation_fails = true;
    tcpip_end_point_start(&world6.second);
    host_allocation_fails = false;
    host_run(5000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.second.state);
    CHECK_EQUAL(0, server.count[DHCP6_SOLICIT]);
    world6_end();
}
