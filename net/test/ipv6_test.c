/* SPDX-License-Identifier: MIT */
/* Packets of IPv6 by hand into the whole input path: the header, its extensions, ICMPv6, UDP. */
#include "world6.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/text6.h"
#include "ip/icmp.h"
#include "ip/ip.h"
#include "udp/udp.h"
#include "wire/udp.h"

static unsigned datagrams;
static size_t datagram_size;
static struct tcpip_udp_port port;

static void count_datagram(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    datagrams++;
    datagram_size = datagram->packet->frame->length;
    tcpip_frame_release(datagram->packet->frame);
}

static void begin(void)
{
    world6_settle(false);
    port = (struct tcpip_udp_port){.number = 4000, .input = count_datagram};
    CHECK(tcpip_udp_bind(&port));
    datagrams = 0;
    world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac); /* so that we know each other */
    world6_forget();
}

TEST(datagram_of_each_size_is_delivered)
{
    static const uint8_t payload[1452];
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    for (size_t size = 0; size <= sizeof payload; size++) {
        world_receive(frame, world6_udp(frame, PEER6, 99, OWN6, 4000, payload, size));
        CHECK_EQUAL(size + 1, datagrams);
        CHECK_EQUAL(size, datagram_size);
    }
    world6_end();
}

TEST(ledger_7_every_payload_length_against_every_frame)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    size_t length = world6_udp(frame, PEER6, 99, OWN6, 4000, frame, 20);
    for (size_t there = 0; there <= length; there++) {
        for (unsigned said = 0; said < 65536; said += said < 64 ? 1 : 4001) {
            uint32_t before = tcpip_drops_total();
            unsigned so_far = datagrams;

            tcpip_put_be16(frame + IP6_AT + 4, (uint16_t)said);
            world_receive(frame, there);
            CHECK_EQUAL(said == 28 && there == length, datagrams - so_far);
            CHECK(tcpip_drops_total() > before || datagrams > so_far);
        }
    }
    world6_end();
}

TEST(packet_for_another_host_or_from_none_is_dropped)
{
    static const struct {
        const char *source, *destination;
        enum tcpip_drop reason;
    } cases[] = {
        {PEER6, "2001:db8::2", TCPIP_DROP_IP_DESTINATION},
        {PEER6, "ff02::2", TCPIP_DROP_IP_DESTINATION},
        {PEER6, "ff02::1:ff00:2", TCPIP_DROP_IP_DESTINATION},
        {PEER6, "::1", TCPIP_DROP_IP_DESTINATION},
        {PEER6, "::", TCPIP_DROP_IP_DESTINATION},
        {OWN6, OWN6, TCPIP_DROP_IP_SOURCE},
        {"::1", OWN6, TCPIP_DROP_IP_SOURCE},
        {"ff02::1", OWN6, TCPIP_DROP_IP_SOURCE},
    };
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t before = tcpip_drops(cases[i].reason);

        world_receive(frame,
                      world6_udp(frame, cases[i].source, 9, cases[i].destination, 4000, frame, 1));
        CHECK_EQUAL(before + 1, tcpip_drops(cases[i].reason));
    }
    CHECK_EQUAL(0, datagrams);
    world6_end();
}

TEST(checksum_of_zero_is_refused_as_ipv6_demands)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    size_t length = world6_udp(frame, PEER6, 99, OWN6, 4000, frame, 4);
    tcpip_put_be16(frame + ICMP6_AT + 6, 0);
    world_receive(frame, length);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_UDP_CHECKSUM));
    world6_end();
}

/* A packet with these headers in front of a datagram to our port. The last header names UDP. */
static void receive_behind(const uint8_t *headers, size_t size, uint8_t first, const char *to)
{
    uint8_t inner[WIRE_FRAME_SIZE] = {0};
    uint8_t payload[WIRE_FRAME_SIZE];
    uint8_t frame[WIRE_FRAME_SIZE] = {0};
    size_t length = world6_udp(inner, PEER6, 99, to, 4000, inner, 4) - ICMP6_AT;

    memcpy(payload, headers, size);
    memcpy(payload + size, inner + ICMP6_AT, length);
    world_receive(frame, world6_packet(frame, PEER6, to, first, 64, payload, size + length));
}

/* What the last parameter problem says; -1: there was none. */
static int problem(uint32_t *pointer)
{
    const uint8_t *frame = world6_sent(ICMP6_PARAMETER_PROBLEM, 0);

    if (frame == NULL)
        return -1;
    *pointer = tcpip_get_be32(frame + ICMP6_AT + 4);
    return frame[ICMP6_AT + 1];
}

TEST(extension_headers_are_followed_to_the_datagram)
{
    static const uint8_t chain[] = {
        60, 0, 1,  4, 0, 0, 0, 0, /* hop-by-hop: padding */
        43, 1, 30, 1, 0, 0, 0, 5,
        2,  0, 0,  0, 0, 0, 0, 0, /* destination options: unknown, to skip */
        44, 0, 4,  0, 0, 0, 0, 0, /* routing, at its end */
        17, 0, 0,  0, 1, 2, 3, 4, /* a fragment that is all of it */
    };

    begin();
    receive_behind(chain, sizeof chain, IPV6_HOP_BY_HOP, OWN6);
    CHECK_EQUAL(1, datagrams);
    CHECK_EQUAL(4, datagram_size);
    for (size_t size = 8; size < sizeof chain; size += 8) /* cut: what stands there is no UDP */
        receive_behind(chain, size, IPV6_HOP_BY_HOP, OWN6);
    CHECK_EQUAL(1, datagrams);
    world6_end();
}

TEST(unknown_option_does_what_its_type_says)
{
    static const struct {
        uint8_t kind;
        bool delivered, told, told_of_group;
    } cases[] = {
        {0x1e, true, false, false},
        {0x5e, false, false, false},
        {0x9e, false, true, true},
        {0xde, false, true, false},
    };

    for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
        uint8_t chain[] = {17, 0, 1, 0, cases[i / 2].kind, 2, 0, 0};
        bool group = i % 2 == 1;
        uint32_t pointer = 0;

        begin();
        receive_behind(chain, sizeof chain, IPV6_DESTINATION_OPTIONS, group ? "ff02::1" : OWN6);
        CHECK_EQUAL(cases[i / 2].delivered, datagrams);
        bool told = group ? cases[i / 2].told_of_group : cases[i / 2].told;
        CHECK_EQUAL(told ? 2 : -1, problem(&pointer));
        CHECK_EQUAL(told ? 44 : 0, pointer);
        CHECK_EQUAL(!cases[i / 2].delivered, tcpip_drops(TCPIP_DROP_IP_OPTIONS));
        world6_end();
    }
}

TEST(route_that_is_not_at_its_end_is_refused)
{
    static const uint8_t routing[] = {17, 0, 0, 1, 0, 0, 0, 0};
    uint32_t pointer = 0;

    begin();
    receive_behind(routing, sizeof routing, IPV6_ROUTING, OWN6);
    CHECK_EQUAL(0, datagrams);
    CHECK_EQUAL(0, problem(&pointer));
    CHECK_EQUAL(42, pointer); /* the type of routing */
    world6_end();
}

TEST(unknown_header_is_told_with_its_place)
{
    static const uint8_t options[] = {253, 0, 1, 4, 0, 0, 0, 0};
    static const uint8_t late_hop_by_hop[] = {0, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0};
    uint32_t pointer = 0;

    begin();
    receive_behind(options, 0, 253, OWN6);
    CHECK_EQUAL(1, problem(&pointer));
    CHECK_EQUAL(6, pointer);
    world6_forget();
    receive_behind(options, sizeof options, IPV6_DESTINATION_OPTIONS, OWN6);
    CHECK_EQUAL(1, problem(&pointer));
    CHECK_EQUAL(40, pointer);
    world6_forget();
    receive_behind(late_hop_by_hop, sizeof late_hop_by_hop, IPV6_DESTINATION_OPTIONS, OWN6);
    CHECK_EQUAL(1, problem(&pointer));
    CHECK_EQUAL(40, pointer);
    world6_forget();
    receive_behind(options, 0, 1, OWN6); /* ICMP for IPv4 is nothing here */
    CHECK_EQUAL(1, problem(&pointer));
    world6_forget();
    receive_behind(options, 0, IPV6_NOTHING, OWN6);
    CHECK_EQUAL(-1, problem(&pointer));
    world6_end();
}

TEST(long_chain_of_headers_is_discarded)
{
    uint8_t chain[8 * 20] = {0};

    begin();
    for (size_t count = 1; count <= 20; count++) {
        for (size_t i = 0; i < count; i++)
            memcpy(chain + 8 * i, (uint8_t[]){i + 1 == count ? 17 : 60, 0, 1, 4, 0, 0, 0, 0}, 8);
        receive_behind(chain, 8 * count, IPV6_DESTINATION_OPTIONS, OWN6);
        CHECK_EQUAL(count < IPV6_EXTENSIONS_MAX ? count : IPV6_EXTENSIONS_MAX, datagrams);
    }
    CHECK_EQUAL(0, world6_count(ICMP6_PARAMETER_PROBLEM));
    world6_end();
}

TEST(ledger_7_each_truncated_option_is_discarded)
{
    begin();
    for (unsigned kind = 0; kind < 256; kind++) {
        for (unsigned size = 0; size < 256; size++) {
            uint8_t chain[] = {17, 0, (uint8_t)kind, (uint8_t)size, 0, 0, 0, 0};

            receive_behind(chain, sizeof chain, IPV6_DESTINATION_OPTIONS, OWN6);
        }
    }
    /* Of 256 lengths five leave just padding behind them; Pad1 has none. */
    CHECK(datagrams > 0 && datagrams < 70 * 256);
    CHECK(tcpip_frames_all_free());
    world6_end();
}

/* --- ICMPv6 --------------------------------------------------------------------------------------- */

TEST(ledger_8_echo_of_every_length_is_answered_with_the_same_bytes)
{
    uint8_t message[1460];

    begin();
    for (size_t size = 0; size <= sizeof message - 8; size++) {
        memset(message, (int)size, sizeof message);
        message[0] = ICMP6_ECHO_REQUEST;
        message[1] = 0;
        world6_forget();
        world6_icmp_far(PEER6, OWN6, 64, message, size);
        const uint8_t *answer = world6_sent(ICMP6_ECHO_REPLY, 0);
        CHECK_EQUAL(size >= 8, answer != NULL);
        if (size < 8)
            continue;
        CHECK_EQUAL(size, tcpip_get_be16(answer + IP6_AT + 4));
        CHECK_BYTES(message + 4, answer + ICMP6_AT + 4, size - 4);
        struct tcpip_address from = ip6(OWN6), to = ip6(PEER6);
        CHECK_BYTES(from.bytes, answer + IP6_AT + IPV6_SOURCE_AT, 16);
        uint32_t sum = tcpip_checksum_pseudo(&from, &to, IPV6_PROTOCOL_ICMP, size);
        CHECK_EQUAL(0, tcpip_checksum_finish(tcpip_checksum_add(sum, answer + ICMP6_AT, size)));
    }
    world6_end();
}

TEST(echo_to_all_nodes_is_answered_by_one_address_and_not_often)
{
    uint8_t message[16] = {ICMP6_ECHO_REQUEST};
    struct tcpip_address own = ip6(OWN6);

    begin();
    for (int i = 0; i < 50; i++)
        world6_icmp_far(PEER6, "ff02::1", 64, message, sizeof message);
    CHECK_EQUAL(10, world6_count(ICMP6_ECHO_REPLY));
    CHECK_BYTES(own.bytes, world6_sent(ICMP6_ECHO_REPLY, 0) + IP6_AT + IPV6_SOURCE_AT, 16);
    world6_end();
}

static uint16_t ping_answer;

static void ping_answered(uint16_t sequence, bool sound)
{
    CHECK(sound);
    ping_answer = sequence;
}

TEST(our_echo_gets_its_answer)
{
    struct tcpip_address peer = ip6(PEER6);
    uint8_t message[64];

    begin();
    tcpip_icmp_ping_answered = ping_answered;
    CHECK(tcpip_icmp_ping(&peer, 77, 40));
    const uint8_t *request = world6_sent(ICMP6_ECHO_REQUEST, 0);
    CHECK(request != NULL);
    memcpy(message, request + ICMP6_AT, 48);
    message[0] = ICMP6_ECHO_REPLY;
    world6_icmp_far(PEER6, OWN6, 64, message, 48);
    CHECK_EQUAL(77, ping_answer);
    world6_end();
}

static unsigned answers;

static void count_answer(uint16_t sequence, bool sound)
{
    CHECK_EQUAL(77, sequence);
    CHECK(sound);
    answers++;
}

TEST(ledger_8_echo_reply_of_every_length_with_every_payload_length)
{
    struct tcpip_address peer = ip6(PEER6), own = ip6(OWN6);
    uint8_t message[1452], frame[WIRE_FRAME_SIZE];

    begin();
    tcpip_icmp_ping_answered = count_answer;
    CHECK(tcpip_icmp_ping(&peer, 77, sizeof message - 8));
    memcpy(message, world6_sent(ICMP6_ECHO_REQUEST, 0) + ICMP6_AT, sizeof message);
    message[0] = ICMP6_ECHO_REPLY;
    for (size_t size = 0; size <= sizeof message; size++) {
        size_t length = world6_packet(frame, PEER6, OWN6, IPV6_PROTOCOL_ICMP, 64, message, size);

        for (size_t said = 0; said <= size + 24; said += said + 24 < size ? 1 + size / 32 : 1) {
            bool whole = said >= 8 && said <= size;
            unsigned before = answers;

            if (said >= 4 && said <= size) {
                uint32_t sum = tcpip_checksum_pseudo(&peer, &own, IPV6_PROTOCOL_ICMP, said);

                tcpip_put_be16(frame + ICMP6_AT + 2, 0);
                sum = tcpip_checksum_add(sum, frame + ICMP6_AT, said);
                tcpip_put_be16(frame + ICMP6_AT + 2, tcpip_checksum_finish(sum));
            }
            tcpip_put_be16(frame + IP6_AT + 4, (uint16_t)said);
            world_receive(frame, length);
            CHECK_EQUAL(before + whole, answers);
        }
    }
    CHECK(answers > 10000);
    tcpip_icmp_ping_answered = NULL;
    world6_end();
}

TEST(datagram_for_no_port_is_told_with_as_much_as_fits_into_the_least_mtu)
{
    static uint8_t payload[1400];
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    size_t length = world6_udp(frame, PEER6, 99, OWN6, 4001, payload, sizeof payload);
    world_receive(frame, length);
    const uint8_t *error = world6_sent(ICMP6_UNREACHABLE, 0);
    CHECK(error != NULL);
    CHECK_EQUAL(4, error[ICMP6_AT + 1]);
    CHECK_EQUAL(1280 - 40, tcpip_get_be16(error + IP6_AT + 4));
    CHECK_BYTES(frame + IP6_AT, error + ICMP6_AT + 8, 1232);
    world6_forget();
    world_receive(frame, world6_udp(frame, PEER6, 99, "ff02::1", 4001, payload, 4));
    world_receive(frame, world6_udp(frame, "::", 99, OWN6, 4001, payload, 4));
    CHECK_EQUAL(0, world6_count(ICMP6_UNREACHABLE)); /* not about a group, not to nobody */
    world6_end();
}

TEST(errors_are_no_more_than_ten_at_once_and_ten_a_second)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    for (int i = 0; i < 1000; i++)
        world_receive(frame, world6_udp(frame, PEER6, 99, OWN6, 4001, frame, 4));
    CHECK_EQUAL(10, world6_count(ICMP6_UNREACHABLE));
    CHECK_EQUAL(1000, tcpip_drops(TCPIP_DROP_UDP_PORT));
    world6_forget();
    for (int i = 0; i < 1000; i++) {
        host_run(1);
        world_receive(frame, world6_udp(frame, PEER6, 99, OWN6, 4001, frame, 4));
    }
    CHECK_EQUAL(10, world6_count(ICMP6_UNREACHABLE));
    world6_end();
}

TEST(no_error_is_answered_with_an_error)
{
    uint8_t message[80] = {ICMP6_UNREACHABLE};
    uint8_t options[] = {IPV6_PROTOCOL_ICMP, 0, 0x9e, 4, 0, 0, 0, 0};
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin();
    world6_icmp_far(PEER6, OWN6, 64, message, sizeof message);
    message[0] = 100; /* unknown, but an error by its number */
    world6_icmp_far(PEER6, OWN6, 64, message, sizeof message);
    CHECK_EQUAL(0, world6.sent_count);
    world_receive(frame, world6_packet(frame, PEER6, OWN6, 60, 64, options, sizeof options));
    CHECK_EQUAL(1, world6_count(ICMP6_PARAMETER_PROBLEM)); /* of what is inside nothing is known */
    world6_end();
}

/* --- path MTU -------------------------------------------------------------------------------------- */

static bool send_datagram(const char *destination, size_t size)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size);
    struct tcpip_udp_target target = {ip6(destination), 7, false};

    CHECK(frame != NULL);
    memset(frame->data, 0, size);
    frame->length = (uint16_t)size;
    return tcpip_udp_send(&port, frame, &target);
}

/* A router says that a datagram of ours to `destination` was too big. */
static void too_big(const char *destination, uint16_t source_port, uint32_t mtu)
{
    uint8_t message[8 + 48] = {ICMP6_TOO_BIG};
    struct tcpip_address from = ip6(OWN6), to = ip6(destination);
    struct ipv6_header header = {8, 17, 60, from.bytes, to.bytes};

    tcpip_put_be32(message + 4, mtu);
    ipv6_build(message + 8, 40, &header);
    tcpip_put_be16(message + 48, source_port);
    world6_icmp_far("2001:db8:f::1", OWN6, 60, message, sizeof message);
}

TEST(path_mtu_is_learnt_for_a_destination_and_forgotten_after_ten_minutes)
{
    begin();
    world6_solicit(ROUTER6, OWN6, OWN6, world.wire.peer_mac);
    CHECK(send_datagram("2001:db8:1::1", 1452));
    too_big("2001:db8:1::1", 4001, 1300); /* not a port of ours */
    CHECK(send_datagram("2001:db8:1::1", 1452));
    too_big("2001:db8:1::1", 4000, 1300);
    CHECK(!send_datagram("2001:db8:1::1", 1300 - 48 + 1));
    CHECK(send_datagram("2001:db8:1::1", 1300 - 48));
    CHECK(send_datagram("2001:db8:1::2", 1452));
    too_big("2001:db8:1::1", 4000, 100);
    CHECK(!send_datagram("2001:db8:1::1", 1280 - 48 + 1));
    CHECK(send_datagram("2001:db8:1::1", 1280 - 48));
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_OUT_TOO_BIG));
    host_run(599000);
    CHECK(!send_datagram("2001:db8:1::1", 1280 - 48 + 1));
    host_run(2000);
    CHECK(send_datagram("2001:db8:1::1", 1452));
    world6_end();
}

TEST(table_of_paths_is_bounded_and_the_oldest_gives_way)
{
    char text[] = "2001:db8:1::000";

    begin();
    world6_solicit(ROUTER6, OWN6, OWN6, world.wire.peer_mac);
    for (int i = 0; i <= ipconfigIPv6_DESTINATIONS; i++) {
        text[14] = (char)('1' + i);
        too_big(text, 4000, 1300);
        host_run(1);
    }
    CHECK(!send_datagram(text, 1452));
    text[14] = '1';
    CHECK(send_datagram(text, 1452));
    text[14] = '2';
    CHECK(!send_datagram(text, 1452));
    world6_end();
}

TEST(errors_are_handed_to_the_protocol_and_translated)
{
    static unsigned told;
    uint8_t message[8 + 48] = {ICMP6_UNREACHABLE, 4};
    struct tcpip_address from = ip6(OWN6), to = ip6(PEER6);
    struct ipv6_header header = {8, 17, 60, from.bytes, to.bytes};

    begin();
    for (size_t size = 0; size <= sizeof message; size++) {
        ipv6_build(message + 8, 40, &header);
        tcpip_put_be16(message + 48, 4000);
        world6_icmp_far(PEER6, OWN6, 64, message, size);
        told = tcpip_drops(TCPIP_DROP_ICMP_SHORT);
        CHECK_EQUAL(size < sizeof message ? size + 1 : size, told);
    }
    world6_end();
}

/* --- every short input, and text -------------------------------------------------------------------- */

TEST(every_input_of_up_to_three_bytes_is_refused_by_each_parser)
{
    uint8_t bytes[3];
    struct ipv6_header header;
    struct tcpip_reader options;

    for (uint32_t i = 0; i < 1u << 24; i++) {
        bytes[0] = (uint8_t)i;
        bytes[1] = (uint8_t)(i >> 8);
        bytes[2] = (uint8_t)(i >> 16);
        for (size_t size = i < 1u << 16 ? 0 : 3; size <= 3; size++) {
            struct ipv6_chain chain = {.next_at = 0, .offset = 1};

            CHECK(tcpip_ipv6_parse(bytes, size, &header) != IPV6_OK);
            CHECK(!tcpip_nd_check(bytes, size, &options));
            CHECK(tcpip_ipv6_walk(bytes, size, &chain) != IPV6_OK || chain.offset <= size);
        }
    }
}

TEST(text_is_read_as_rfc_4291_has_it_and_written_as_rfc_5952_has_it)
{
    static const struct {
        const char *text, *canonical; /* NULL: no address */
    } cases[] = {
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"0:0:0:0:0:0:13.1.68.3", "::d01:4403"},
        {"::ffff:129.144.52.38", "::ffff:8190:3426"},
        {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        {"1:0:0:4:0:0:0:8", "1:0:0:4::8"},
        {"", NULL},
        {":", NULL},
        {":::", NULL},
        {":1", NULL},
        {"1:", NULL},
        {"1:2:3:4:5:6:7", NULL},
        {"1:2:3:4:5:6:7:8:9", NULL},
        {"1:2:3:4:5:6:7:8::", NULL},
        {"1::2::3", NULL},
        {"12345::", NULL},
        {"g::", NULL},
        {"::1 ", NULL},
        {"::1.2.3", NULL},
        {"::1.2.3.256", NULL},
        {"::01.2.3.4", NULL},
        {"1.2.3.4", NULL},
        {"1:2:3:4:5:6:7:1.2.3.4", NULL},
        {"::1.2.3.4:5", NULL},
    };
    char text[TCPIP_IPV6_TEXT_SIZE];
    uint8_t address[16];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_EQUAL(cases[i].canonical != NULL, tcpip_ipv6_from_text(cases[i].text, address));
        if (cases[i].canonical == NULL)
            continue;
        CHECK_EQUAL(strlen(cases[i].canonical), tcpip_ipv6_to_text(address, text));
        CHECK_STRING(cases[i].canonical, text);
    }
}

TEST(every_pattern_of_zero_groups_survives_writing_and_reading)
{
    for (unsigned pattern = 0; pattern < 256; pattern++) {
        uint8_t address[16] = {0}, again[16];
        char text[TCPIP_IPV6_TEXT_SIZE];

        for (unsigned i = 0; i < 8; i++)
            if ((pattern >> i & 1u) != 0)
                address[2 * i + 1] = (uint8_t)(pattern + i);
        CHECK(tcpip_ipv6_to_text(address, text) < sizeof text);
        CHECK(tcpip_ipv6_from_text(text, again));
        CHECK_BYTES(address, again, sizeof address);
    }
}
