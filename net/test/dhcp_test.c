/* SPDX-License-Identifier: MIT */
/* DHCP: the parser against every option length, and the machine against the clock. */
#include "servers.h"
#include "world.h"

#include <string.h>

#include "client/dhcp.h"
#include "client/dhcp_machine.h"
#include "core/stack.h"
#include "core/drop.h"
#include "ip/ip.h"

enum { OPTIONS_AT = 240, SNAME_AT = 44, FILE_AT = 108 };

static struct servers servers;

static size_t offer(uint8_t *message, size_t size)
{
    struct dhcp_reply reply = {.type = DHCP_OFFER,
                               .xid = 7,
                               .your_address = SERVERS_CLIENT,
                               .numbers[DHCP_SERVER] = SERVERS_ADDRESS,
                               .numbers[DHCP_MASK] = 0xffffff00,
                               .numbers[DHCP_ROUTER] = SERVERS_ADDRESS,
                               .numbers[DHCP_DNS] = SERVERS_DNS,
                               .numbers[DHCP_DNS + 1] = SERVERS_ADDRESS,
                               .numbers[DHCP_LEASE_TIME] = 600,
                               .numbers[DHCP_RENEWAL_TIME] = 100,
                               .numbers[DHCP_REBINDING_TIME] = 200};

    return servers_dhcp_reply(message, size, &reply);
}

TEST(offer_is_read)
{
    uint8_t message[400];
    struct dhcp_reply reply;

    CHECK(tcpip_dhcp_parse(message, offer(message, sizeof message), &reply));
    CHECK_EQUAL(DHCP_OFFER, reply.type);
    CHECK_EQUAL(SERVERS_CLIENT, reply.your_address);
    CHECK_EQUAL(SERVERS_ADDRESS, reply.numbers[DHCP_SERVER]);
    CHECK_EQUAL(600, reply.numbers[DHCP_LEASE_TIME]);
    CHECK_EQUAL(100, reply.numbers[DHCP_RENEWAL_TIME]);
    CHECK_EQUAL(200, reply.numbers[DHCP_REBINDING_TIME]);
    CHECK_EQUAL(SERVERS_DNS, reply.numbers[DHCP_DNS]);
    CHECK_EQUAL(0, reply.numbers[DHCP_DNS + 1]); /* of what comes twice the first counts */
}

TEST(built_message_is_sound)
{
    uint8_t bytes[DHCP_MESSAGE_SIZE];
    char name[100];
    struct dhcp_request request = {.type = DHCP_REQUEST,
                                   .xid = 1,
                                   .requested = SERVERS_CLIENT,
                                   .server = SERVERS_ADDRESS,
                                   .host_name = name};
    struct dhcp_reply reply;

    for (size_t size = 0; size < sizeof name; size++) {
        memset(name, 'a', sizeof name);
        name[size] = '\0';
        CHECK(tcpip_dhcp_build(bytes, sizeof bytes, &request));
        bytes[0] = 2; /* what we write, our own parser reads */
        CHECK(tcpip_dhcp_parse(bytes, sizeof bytes, &reply));
        CHECK_EQUAL(DHCP_REQUEST, reply.type);
        CHECK_EQUAL(SERVERS_ADDRESS, reply.numbers[DHCP_SERVER]);
    }
    CHECK(!tcpip_dhcp_build(bytes, DHCP_MESSAGE_SIZE - 1, &request));
}

TEST(ledger_17_every_option_length_at_every_remaining_size)
{
    static const uint8_t codes[] = {1, 3, 6, 51, 52, 53, 54, 58, 59, 77};
    uint8_t message[OPTIONS_AT + 3 + 260];
    struct dhcp_reply reply;

    offer(message, sizeof message);
    for (size_t c = 0; c < sizeof codes; c++) {
        for (size_t said = 0; said < 256; said++) {
            for (size_t there = 0; there < 258; there++) {
                uint8_t *at = message + OPTIONS_AT + 3; /* behind the message's type */

                memset(at, 0, 260);
                at[0] = codes[c];
                at[1] = (uint8_t)said;
                bool sound = tcpip_dhcp_parse(message, OPTIONS_AT + 3 + there, &reply);
                CHECK(!sound || there == 0 || said + 2 <= there);
            }
        }
    }
}

TEST(every_truncation_is_refused_or_says_no_more_than_there_was)
{
    uint8_t message[400];
    struct dhcp_reply reply;
    size_t size = offer(message, sizeof message);

    for (size_t cut = 0; cut < size; cut++)
        if (tcpip_dhcp_parse(message, cut, &reply))
            CHECK(cut >= OPTIONS_AT + 3);
}

TEST(ledger_17_overload_reads_each_field_and_never_across)
{
    uint8_t message[400];
    struct dhcp_reply reply;

    for (unsigned overload = 0; overload < 256; overload++) {
        size_t size = offer(message, sizeof message);

        memset(message + OPTIONS_AT + 3, 0, sizeof message - OPTIONS_AT - 3);
        message[OPTIONS_AT + 3] = 52;
        message[OPTIONS_AT + 4] = 1;
        message[OPTIONS_AT + 5] = (uint8_t)overload;
        message[OPTIONS_AT + 6] = 255;
        memcpy(message + FILE_AT, (uint8_t[]){54, 4, 1, 2, 3, 4, 52, 1, 3, 255}, 10);
        memcpy(message + SNAME_AT, (uint8_t[]){51, 4, 0, 0, 0, 9, 255}, 7);
        bool sound = tcpip_dhcp_parse(message, size, &reply);
        CHECK_EQUAL(overload >= 1 && overload <= 3, sound);
        if (!sound)
            continue;
        CHECK_EQUAL(overload % 2 == 1 ? 0x01020304 : 0, reply.numbers[DHCP_SERVER]);
        CHECK_EQUAL(overload >= 2, reply.numbers[DHCP_LEASE_TIME] != 0);
    }
    size_t size = offer(message, sizeof message); /* an option at the end of `file` that is cut */
    memcpy(message + OPTIONS_AT + 3, (uint8_t[]){52, 1, 1, 255}, 4);
    memset(message + FILE_AT, 0, 128);
    message[FILE_AT + 126] = 54;
    message[FILE_AT + 127] = 4;
    CHECK(!tcpip_dhcp_parse(message, size, &reply));
}

static struct dhcp_machine machine;
static unsigned actions; /* of the last step */

static void step(enum dhcp_event event, uint32_t now, const struct dhcp_reply *reply)
{
    machine.now = now;
    machine.random = 1000;
    actions = tcpip_dhcp_machine_step(&machine, event, reply);
}

/* The link is there, for the first time or again. */
static void machine_start(uint32_t now)
{
    machine.state = DHCP_WAITING;
    machine.wake = 0;
    step(DHCP_EVENT_TIME, now, NULL);
}

static struct dhcp_reply reply_of(uint8_t type)
{
    struct dhcp_reply reply = {.type = type,
                               .xid = machine.send.xid,
                               .your_address = SERVERS_CLIENT,
                               .numbers[DHCP_SERVER] = SERVERS_ADDRESS,
                               .numbers[DHCP_MASK] = 0xffffff00,
                               .numbers[DHCP_LEASE_TIME] = 600};

    memcpy(reply.mac, machine.send.mac, NETIF_MAC_SIZE);
    return reply;
}

static void machine_begin(void)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};

    tcpip_dhcp_machine_init(&machine, mac, 64);
    step(DHCP_EVENT_TIME, 0, NULL);
}

/* Asked at 1, bound at 2. */
static void machine_bind(uint32_t lease)
{
    machine_begin();
    struct dhcp_reply reply = reply_of(DHCP_OFFER);
    reply.numbers[DHCP_LEASE_TIME] = lease;
    step(DHCP_EVENT_REPLY, 1, &reply);
    CHECK_EQUAL(DHCP_REQUESTING, machine.state);
    reply.type = DHCP_ACK;
    step(DHCP_EVENT_REPLY, 1, &reply);
    CHECK_EQUAL(DHCP_CHECKING, machine.state);
    step(DHCP_EVENT_FREE, 2, NULL);
    CHECK_EQUAL(DHCP_BOUND, machine.state);
    CHECK((actions & DHCP_BIND) != 0);
}

TEST(discover_is_repeated_with_doubled_pauses)
{
    static const unsigned seconds[] = {4, 8, 16, 32, 64, 64, 64};
    uint32_t now = 0;

    machine_begin();
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        CHECK((actions & DHCP_SEND) != 0);
        CHECK_EQUAL(DHCP_DISCOVER, machine.send.type);
        CHECK_EQUAL(i >= 5, (actions & DHCP_GIVE_UP) != 0);
        CHECK(machine.wake - now == seconds[i] || machine.wake - now == seconds[i] - 1);
        now = machine.wake;
        step(DHCP_EVENT_TIME, now, NULL);
    }
}

TEST(lease_is_renewed_at_half_rebound_at_seven_eighths_and_ends)
{
    machine_bind(600);
    CHECK_EQUAL(301, machine.wake);
    step(DHCP_EVENT_TIME, 301, NULL);
    CHECK_EQUAL(DHCP_RENEWING, machine.state);
    CHECK(machine.to_server);
    CHECK_EQUAL(SERVERS_CLIENT, machine.send.client_address);
    CHECK_EQUAL(0, machine.send.requested);
    while (machine.state == DHCP_RENEWING)
        step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_REBINDING, machine.state);
    CHECK(!machine.to_server);
    uint32_t last = 0;
    while (machine.state == DHCP_REBINDING)
        step(DHCP_EVENT_TIME, last = machine.wake, NULL);
    CHECK_EQUAL(601, last);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
    CHECK((actions & DHCP_UNBIND) != 0);
}

TEST(ledger_17_lease_of_zero_is_refused_and_one_without_end_is_kept)
{
    machine_begin();
    struct dhcp_reply reply = reply_of(DHCP_OFFER);
    reply.numbers[DHCP_LEASE_TIME] = 0;
    step(DHCP_EVENT_REPLY, 0, &reply);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
    reply.numbers[DHCP_LEASE_TIME] = 600;
    reply.numbers[DHCP_SERVER] = 0;
    step(DHCP_EVENT_REPLY, 0, &reply);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
    machine_bind(DHCP_LEASE_FOREVER);
    CHECK_EQUAL(DHCP_NEVER, machine.wake);
    machine_bind(DHCP_LEASE_FOREVER - 1);
    CHECK(machine.wake > 2000000000);
    machine_bind(1);
    CHECK_EQUAL(1, machine.wake);
}

TEST(offer_of_an_impossible_address_is_ignored)
{
    static const uint32_t bad[] = {0, 0x00000001, 0x7f000001, 0xe0000001, 0xffffffff, 0xf0000001};

    machine_begin();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct dhcp_reply reply = reply_of(DHCP_OFFER);

        reply.your_address = bad[i];
        step(DHCP_EVENT_REPLY, 0, &reply);
        CHECK_EQUAL(DHCP_SELECTING, machine.state);
    }
    struct dhcp_reply reply = reply_of(DHCP_OFFER);
    reply.numbers[DHCP_MASK] = 0xff00ff00;
    step(DHCP_EVENT_REPLY, 0, &reply);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
}

TEST(refusal_starts_anew)
{
    machine_begin();
    struct dhcp_reply reply = reply_of(DHCP_OFFER);
    step(DHCP_EVENT_REPLY, 0, &reply);
    reply.type = DHCP_NAK;
    step(DHCP_EVENT_REPLY, 0, &reply);
    CHECK_EQUAL(DHCP_WAITING, machine.state);
    step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
}

TEST(every_reply_in_every_state_is_taken_or_ignored)
{
    for (int state = DHCP_WAITING; state <= DHCP_REBINDING; state++) {
        for (int type = DHCP_DISCOVER; type <= DHCP_RELEASE; type++) {
            machine_bind(600);
            machine.state = (enum dhcp_state)state;
            struct dhcp_reply reply = reply_of((uint8_t)type);
            step(DHCP_EVENT_REPLY, 2, &reply);
            step(DHCP_EVENT_CONFLICT, 2, NULL);
            step(DHCP_EVENT_TIME, 2, NULL);
            bool asks = state == DHCP_RENEWING || state == DHCP_REBINDING;
            if (asks && type == DHCP_ACK)
                CHECK_EQUAL(DHCP_BOUND, machine.state);
            if (asks && type == DHCP_NAK)
                CHECK_EQUAL(DHCP_WAITING, machine.state);
        }
    }
}

/* --- the link comes back ---------------------------------------------------------------------------- */

/* The link was lost at 100 s and is back at `now`. */
static void machine_reboot(uint32_t now)
{
    machine_bind(600);
    machine.state = DHCP_STOPPED;
    machine_start(now);
}

TEST(lease_of_before_is_asked_for_without_naming_a_server)
{
    machine_reboot(200);
    CHECK_EQUAL(DHCP_REBOOTING, machine.state);
    CHECK_EQUAL(DHCP_SEND, actions);
    CHECK_EQUAL(DHCP_REQUEST, machine.send.type);
    CHECK_EQUAL(SERVERS_CLIENT, machine.send.requested);
    CHECK_EQUAL(0, machine.send.server);
    CHECK_EQUAL(0, machine.send.client_address);
    CHECK(!machine.to_server);
    struct dhcp_reply reply = reply_of(DHCP_ACK);
    reply.numbers[DHCP_SERVER] = 0x01020304; /* whichever knows */
    step(DHCP_EVENT_REPLY, 200, &reply);
    CHECK_EQUAL(DHCP_CHECKING, machine.state); /* it may have been given away */
    step(DHCP_EVENT_FREE, 201, NULL);
    CHECK_EQUAL(DHCP_BOUND, machine.state);
    CHECK_EQUAL(200 + 300, machine.wake);
    CHECK_EQUAL(0x01020304, machine.lease.numbers[DHCP_SERVER]);
}

TEST(lease_that_is_refused_unanswered_or_over_is_forgotten)
{
    struct dhcp_reply reply;

    machine_reboot(200);
    reply = reply_of(DHCP_NAK);
    step(DHCP_EVENT_REPLY, 200, &reply);
    CHECK_EQUAL(DHCP_WAITING, machine.state);
    CHECK_EQUAL(0, actions & DHCP_UNBIND);
    step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
    machine_reboot(200);
    step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_REBOOTING, machine.state);
    step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
    CHECK(machine.wake < 200 + 20 + 5);
    machine_reboot(2 + 600); /* over */
    CHECK_EQUAL(DHCP_SELECTING, machine.state);
}

TEST(released_lease_is_told_to_its_server_once)
{
    for (int bound = 0; bound < 2; bound++) {
        if (bound)
            machine_bind(600);
        else
            machine_begin();
        machine.now = 2;
        actions = tcpip_dhcp_machine_release(&machine);
        CHECK_EQUAL(DHCP_STOPPED, machine.state);
        CHECK_EQUAL(DHCP_NEVER, machine.wake);
        CHECK_EQUAL(DHCP_UNBIND | (bound ? DHCP_SEND : 0), actions);
        if (bound) {
            CHECK_EQUAL(DHCP_RELEASE, machine.send.type);
            CHECK_EQUAL(SERVERS_ADDRESS, machine.send.server);
            CHECK_EQUAL(SERVERS_CLIENT, machine.send.client_address);
            CHECK_EQUAL(0, machine.send.requested);
            CHECK(machine.to_server);
        }
        machine_start(3);
        CHECK_EQUAL(DHCP_SELECTING, machine.state); /* it is not asked for again */
    }
}

/* The first DISCOVER is lost: the servers come after it. */
static void begin_with_servers(void)
{
    world_begin(true);
    servers_begin(&servers, &world.wire);
}

static bool (*serve)(struct wire *wire, const uint8_t *bytes, size_t length);
static uint32_t overheard; /* the number of the last message to a server */

static bool overhear(struct wire *wire, const uint8_t *bytes, size_t length)
{
    enum { UDP_AT = NETIF_HEADER_SIZE + 20 };

    if (length > UDP_AT + 16 && tcpip_get_be16(bytes + 12) == 0x0800 &&
        tcpip_get_be16(bytes + UDP_AT + 2) == DHCP_SERVER_PORT)
        overheard = tcpip_get_be32(bytes + UDP_AT + 8 + 4);
    return serve(wire, bytes, length);
}

/* Whatever a forged reply of each kind says in any option, the stack goes on and takes a sound lease. */
TEST(ledger_17_stack_is_alive_after_every_option_of_every_length)
{
    static const uint8_t types[] = {DHCP_OFFER, DHCP_ACK};
    uint8_t message[OPTIONS_AT + 3 + 4 + 260], frame[WIRE_FRAME_SIZE];
    unsigned refused = 0;

    begin_with_servers();
    serve = world.wire.peer;
    world.wire.peer = overhear;
    servers.dhcp_silent = true;
    host_run(5000);
    for (unsigned i = 0; i < 256u * 256u; i++) {
        size_t code = i / 256u, said = i % 256u, there = said - (i % 3 == 0 && said > 0);
        struct dhcp_reply reply = {.type = types[i % 2], .xid = overheard};

        memcpy(reply.mac, world.wire.netif.mac, NETIF_MAC_SIZE);
        (void)servers_dhcp_reply(message, sizeof message, &reply);
        memset(message + OPTIONS_AT + 3, (int)i, 260);
        message[OPTIONS_AT + 3] = (uint8_t)code;
        message[OPTIONS_AT + 4] = (uint8_t)said;
        world_receive(frame, servers_datagram(&world.wire, frame, SERVERS_ADDRESS, DHCP_SERVER_PORT,
                                              UINT32_MAX, DHCP_CLIENT_PORT, message,
                                              OPTIONS_AT + 5 + there));
        refused += tcpip_drops(TCPIP_DROP_CLIENT) > 0;
        tcpip_drops_reset();
    }
    CHECK(refused > 20000 && refused < 60000); /* the rest was sound and said too little */
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world.end_point.state);
    servers.dhcp_silent = false;
    host_run(120000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    CHECK_EQUAL(SERVERS_CLIENT, tcpip_address_ipv4(&world.end_point.active.address));
    world_end();
}

/* A rogue server that hears the request answers it faster than the one that was chosen. */
TEST(ledger_18_word_of_another_server_than_the_chosen_one_is_ignored)
{
    static const uint8_t types[] = {DHCP_ACK, DHCP_NAK, DHCP_OFFER};

    for (size_t i = 0; i < 3; i++) {
        machine_begin();
        struct dhcp_reply reply = reply_of(DHCP_OFFER);
        step(DHCP_EVENT_REPLY, 1000, &reply);
        CHECK_EQUAL(DHCP_REQUESTING, machine.state);
        reply.type = types[i];
        reply.numbers[DHCP_SERVER] = SERVERS_ADDRESS + 66;
        step(DHCP_EVENT_REPLY, 1001, &reply);
        CHECK_EQUAL(DHCP_REQUESTING, machine.state);
        CHECK_EQUAL(SERVERS_ADDRESS, machine.lease.numbers[DHCP_SERVER]);
        reply.numbers[DHCP_SERVER] = SERVERS_ADDRESS;
        reply.your_address++; /* and the chosen one cannot change its mind */
        reply.type = DHCP_ACK;
        step(DHCP_EVENT_REPLY, 1002, &reply);
        CHECK_EQUAL(DHCP_REQUESTING, machine.state);
    }
    machine_bind(600);
    step(DHCP_EVENT_TIME, machine.wake, NULL);
    CHECK_EQUAL(DHCP_RENEWING, machine.state);
    for (size_t i = 0; i < 2; i++) {
        struct dhcp_reply reply = reply_of(types[i]);

        reply.numbers[DHCP_SERVER] = SERVERS_ADDRESS + 66;
        step(DHCP_EVENT_REPLY, machine.wake - 1, &reply);
        CHECK_EQUAL(DHCP_RENEWING, machine.state);
    }
}

TEST(ledger_18_offer_with_a_wrong_xid_or_station_is_ignored)
{
    begin_with_servers();
    servers.xid_change = 1;
    host_run(30000);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world.end_point.state);
    servers.xid_change = 0;
    servers.mac_change = 1;
    host_run(60000);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world.end_point.state);
    CHECK_EQUAL(0, servers.requests);
    servers.mac_change = 0;
    host_run(90000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    world_end();
}

TEST(address_in_use_is_declined)
{
    begin_with_servers();
    servers.address_taken = true;
    host_run(9000);
    CHECK_EQUAL(1, servers.declines);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world.end_point.state);
    servers.address_taken = false;
    host_run(60000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    world_end();
}

TEST(link_that_was_cut_brings_the_lease_back)
{
    begin_with_servers();
    host_run(20000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    CHECK_EQUAL(TCPIP_END_POINT_DOWN, world.end_point.state);
    wire_set_cut(&world.wire, false);
    host_run(1000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    CHECK_EQUAL(2, servers.requests);
    CHECK_EQUAL(0, servers.last_server_id);
    wire_set_cut(&world.wire, true);
    host_run(3700 * 1000);
    unsigned discovers = servers.discovers;
    wire_set_cut(&world.wire, false);
    host_run(20000);
    CHECK(servers.discovers > discovers); /* in the meantime it was over */
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    world_end();
}

TEST(released_lease_leaves_the_end_point_down_until_it_is_asked_for)
{
    begin_with_servers();
    host_run(20000);
    tcpip_dhcp_release(&world.end_point);
    host_run(100000);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world.end_point.state);
    CHECK_EQUAL(1, servers.releases);
    CHECK_EQUAL(SERVERS_ADDRESS, servers.last_server_id);
    unsigned discovers = servers.discovers;
    CHECK(tcpip_dhcp_start(&world.end_point));
    host_run(20000);
    CHECK_EQUAL(discovers + 1, servers.discovers);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    world_end();
}

static bool told_lost;

static void note_lost(const struct tcpip_address *address)
{
    told_lost = tcpip_address_ipv4(address) == SERVERS_CLIENT;
}

TEST(protocols_hear_that_another_address_takes_the_place_of_the_one_before)
{
    static struct tcpip_protocol listener = {.number = 200, .address_lost = note_lost};

    begin_with_servers();
    tcpip_ip_register(&listener);
    host_run(20000);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    CHECK(!told_lost); /* it may come back */
    wire_set_cut(&world.wire, false);
    host_run(1000);
    CHECK(!told_lost);
    servers.nak = true;
    servers.address_change = 1; /* another network */
    wire_set_cut(&world.wire, true);
    host_run(1000);
    wire_set_cut(&world.wire, false);
    host_run(20000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    CHECK(told_lost);
    world_end();
}

TEST(no_memory_for_the_client_uses_the_defaults)
{
    host_allocation_fails = true;
    begin_with_servers();
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    host_allocation_fails = false;
    world_end();
}
