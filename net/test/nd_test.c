/* SPDX-License-Identifier: MIT */
/* Neighbours and addresses of IPv6: questions, answers, claims, and those who lie. */
#include "world6.h"

#include <stdio.h>
#include <string.h>

#include "core/drop.h"
#include "core/frame.h"
#include "core/route.h"
#include "core/text6.h"
#include "link/neighbour.h"
#include "udp/udp.h"
#include "wire/membership.h"

static const uint8_t thief[NETIF_MAC_SIZE] = {2, 9, 9, 9, 9, 9};

static struct tcpip_end_point *link_local(void)
{
    return &world.interface.ipv6.link_local;
}

static void take(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    tcpip_frame_release(datagram->packet->frame);
}

static struct tcpip_udp_port port;

static void begin(void)
{
    world6_settle(false);
    port = (struct tcpip_udp_port){.number = 4000, .input = take};
    CHECK(tcpip_udp_bind(&port));
}

static void send_datagram(const char *destination)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, 10);
    struct tcpip_udp_target target = {ip6(destination), 7, false};

    CHECK(frame != NULL);
    frame->length = 10;
    tcpip_udp_send(&port, frame, &target);
}

/* --- claims -------------------------------------------------------------------------------------- */

TEST(addresses_are_asked_for_before_they_are_used)
{
    struct tcpip_address own = ip6(OWN6);

    world6_begin(false);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world6.end_point.state);
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, link_local()->state);
    host_run(2001);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK_EQUAL(TCPIP_END_POINT_UP, link_local()->state);
    CHECK(tcpip_address_is_link_local(&link_local()->active.address));
    CHECK_EQUAL(2, world6_count(ND_NEIGHBOUR_SOLICITATION));
    for (unsigned i = 0; i < 2; i++) {
        const uint8_t *frame = world6_sent(ND_NEIGHBOUR_SOLICITATION, i);
        static const uint8_t nobody[16];

        CHECK_BYTES(nobody, frame + IP6_AT + IPV6_SOURCE_AT, 16);
        CHECK_EQUAL(ND_NEIGHBOUR_SIZE, tcpip_get_be16(frame + IP6_AT + 4)); /* names no station */
        CHECK_EQUAL(ND_HOP_LIMIT, frame[IP6_AT + 7]);
        if (frame[ICMP6_AT + ND_TARGET_AT] == 0x20)
            CHECK_BYTES(own.bytes, frame + ICMP6_AT + ND_TARGET_AT, 16);
    }
    world6_end();
}

TEST(address_that_somebody_has_is_not_used_until_it_is_free)
{
    for (int way = 0; way < 2; way++) {
        world6_begin(false);
        host_run(1001); /* asked, no answer yet */
        if (way == 0)
            world6_advertise(PEER6, "ff02::1", OWN6, ND_OVERRIDE, thief);
        else
            world6_solicit("::", solicited_node(OWN6), OWN6, NULL); /* another one claims it, too */
        host_run(1000);
        CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world6.end_point.state);
        CHECK_EQUAL(TCPIP_END_POINT_UP, link_local()->state);
        host_run(122000); /* tried again within two minutes */
        CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
        world6_end();
    }
}

TEST(question_of_a_host_with_an_address_does_not_end_a_claim)
{
    world6_begin(false);
    host_run(1001);
    world6_solicit(PEER6, solicited_node(OWN6), OWN6, thief);
    CHECK_EQUAL(0, world6_count(ND_NEIGHBOUR_ADVERTISEMENT)); /* it is not ours yet */
    host_run(1000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    world6_end();
}

TEST(own_link_local_address_that_is_taken_gives_way_to_another)
{
    struct tcpip_address first, second;
    char text[TCPIP_IPV6_TEXT_SIZE];

    world6_begin(false);
    host_run(1001);
    first = link_local()->active.address;
    tcpip_ipv6_to_text(first.bytes, text);
    world6_advertise(text, "ff02::1", text, ND_OVERRIDE, thief);
    host_run(3000);
    second = link_local()->active.address;
    CHECK_EQUAL(TCPIP_END_POINT_UP, link_local()->state);
    CHECK(!tcpip_address_equal(&first, &second));
    CHECK(tcpip_address_is_link_local(&second));
    world6_end();
}

TEST(interface_identifier_is_stable_and_depends_on_the_link_alone)
{
    struct tcpip_address first;

    world6_settle(false);
    first = link_local()->active.address;
    wire_set_cut(&world.wire, true);
    host_run(1000);
    wire_set_cut(&world.wire, false);
    host_run(10000);
    CHECK(tcpip_address_equal(&first, &link_local()->active.address));
    CHECK(memcmp(first.bytes + 8, world.wire.netif.mac, 3) != 0);
    world6_end();
}

TEST(claimed_address_receives_nothing)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    world6_begin(false);
    host_run(500);
    world_receive(frame, world6_udp(frame, PEER6, 9, OWN6, 4000, frame, 1));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_DESTINATION));
    world6_end();
}

/* --- being asked ---------------------------------------------------------------------------------- */

TEST(question_for_our_address_is_answered)
{
    const uint8_t *answer;
    struct tcpip_address own = ip6(OWN6), peer = ip6(PEER6);

    begin();
    world6_solicit(PEER6, solicited_node(OWN6), OWN6, world.wire.peer_mac);
    answer = world6_sent(ND_NEIGHBOUR_ADVERTISEMENT, 0);
    CHECK(answer != NULL);
    CHECK_BYTES(world.wire.peer_mac, answer, NETIF_MAC_SIZE);
    CHECK_BYTES(own.bytes, answer + IP6_AT + IPV6_SOURCE_AT, 16);
    CHECK_BYTES(peer.bytes, answer + IP6_AT + IPV6_DESTINATION_AT, 16);
    CHECK_EQUAL(ND_SOLICITED | ND_OVERRIDE, answer[ICMP6_AT + 4]);
    CHECK_BYTES(own.bytes, answer + ICMP6_AT + ND_TARGET_AT, 16);
    CHECK_BYTES(world.wire.netif.mac, answer + ICMP6_AT + ND_NEIGHBOUR_SIZE + 2, NETIF_MAC_SIZE);
    CHECK(world6_knows(PEER6, world.wire.peer_mac));
    world6_forget();
    world6_solicit("::", solicited_node(OWN6), OWN6, NULL); /* somebody wants to use it */
    answer = world6_sent(ND_NEIGHBOUR_ADVERTISEMENT, 0);
    CHECK(answer != NULL);
    CHECK_EQUAL(ND_OVERRIDE, answer[ICMP6_AT + 4]);
    CHECK_EQUAL(0xff, answer[IP6_AT + IPV6_DESTINATION_AT]);
    world6_end();
}

TEST(what_came_through_a_router_or_lies_about_itself_is_dropped)
{
    uint8_t message[32] = {ND_NEIGHBOUR_SOLICITATION};
    struct tcpip_address own = ip6(OWN6);

    begin();
    memcpy(message + ND_TARGET_AT, own.bytes, 16);
    tcpip_nd_put_station(message + 24, ND_OPTION_SOURCE, thief);
    for (unsigned hops = 0; hops < 255; hops++)
        world6_icmp_far(PEER6, OWN6, (uint8_t)hops, message, sizeof message);
    CHECK_EQUAL(255, tcpip_drops(TCPIP_DROP_ND_SPOOFED));
    message[1] = 1; /* code */
    world6_icmp(PEER6, OWN6, message, sizeof message);
    message[1] = 0;
    world6_icmp("::", solicited_node(OWN6), message, sizeof message); /* nobody has a station */
    world6_icmp("::", OWN6, message, 24);                             /* nobody knows us */
    message[26] = 3;                                                  /* a group as a station */
    world6_icmp(PEER6, OWN6, message, sizeof message);
    message[26] = 2;
    memset(message + ND_TARGET_AT, 0xff, 16); /* a group as a target */
    world6_icmp(PEER6, OWN6, message, sizeof message);
    CHECK_EQUAL(5, tcpip_drops(TCPIP_DROP_ND_FORMAT));
    CHECK_EQUAL(0, world6.sent_count);
    CHECK(!world6_knows(PEER6, NULL));
    world6_end();
}

TEST(every_truncation_and_every_option_length_is_refused_or_harmless)
{
    uint8_t message[72];

    begin();
    for (unsigned type = 133; type <= 137; type++) {
        for (size_t size = 0; size <= sizeof message; size++) {
            for (unsigned units = 0; units < 256; units += units < 8 ? 1 : 31) {
                size_t fixed = tcpip_nd_fixed_size((uint8_t)type);

                memset(message, 0, sizeof message);
                message[0] = (uint8_t)type;
                message[fixed] = (uint8_t)(1 + size % 5);
                message[fixed + 1] = (uint8_t)units;
                uint32_t before = tcpip_drops_total();
                world6_icmp("fe80::9", "ff02::1", message, size);
                CHECK_EQUAL(before + 1, tcpip_drops_total());
            }
        }
    }
    CHECK(tcpip_frames_all_free());
    world6_end();
}

/* --- asking --------------------------------------------------------------------------------------- */

TEST(datagrams_wait_for_the_answer_and_leave)
{
    begin();
    for (int i = 0; i < 3; i++)
        send_datagram(PEER6);
    CHECK_EQUAL(1, world6_count(ND_NEIGHBOUR_SOLICITATION));
    const uint8_t *question = world6_sent(ND_NEIGHBOUR_SOLICITATION, 0);
    CHECK_EQUAL(0x33, question[0]);
    CHECK_BYTES(world.wire.netif.mac, question + ICMP6_AT + ND_NEIGHBOUR_SIZE + 2, NETIF_MAC_SIZE);
    world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED | ND_OVERRIDE, world.wire.peer_mac);
    CHECK_EQUAL(4, world6.sent_count);
    CHECK_BYTES(world.wire.peer_mac, world6.sent[3].bytes, NETIF_MAC_SIZE);
    world6_end();
}

TEST(neighbour_that_does_not_answer_is_given_up_after_three_questions)
{
    begin();
    send_datagram(PEER6);
    host_run(10000);
    CHECK_EQUAL(3, world6_count(ND_NEIGHBOUR_SOLICITATION));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_NEIGHBOUR_ABSENT));
    CHECK(tcpip_frames_all_free());
    world6_end();
}

TEST(reachability_is_confirmed_while_packets_are_sent)
{
    begin();
    send_datagram(PEER6);
    world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED, world.wire.peer_mac);
    world6_forget();
    host_run(29000); /* reachable */
    send_datagram(PEER6);
    host_run(2000);   /* stale now, and not used */
    host_run(600000); /* however long */
    CHECK_EQUAL(0, world6_count(ND_NEIGHBOUR_SOLICITATION));
    send_datagram(PEER6);              /* delayed */
    CHECK_EQUAL(2, world6.sent_count); /* to the station known so far */
    host_run(4999);
    CHECK_EQUAL(0, world6_count(ND_NEIGHBOUR_SOLICITATION));
    host_run(1); /* verifying */
    CHECK_EQUAL(1, world6_count(ND_NEIGHBOUR_SOLICITATION));
    CHECK_BYTES(world.wire.peer_mac, world6_sent(ND_NEIGHBOUR_SOLICITATION, 0), NETIF_MAC_SIZE);
    world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED, NULL); /* may leave its station out */
    world6_forget();
    host_run(29000);
    CHECK_EQUAL(0, world6.sent_count);
    host_run(2000);
    send_datagram(PEER6);
    host_run(9000); /* three questions to the station, no answer */
    CHECK_EQUAL(3, world6_count(ND_NEIGHBOUR_SOLICITATION));
    CHECK(!world6_knows(PEER6, NULL));
    world6_end();
}

TEST(ledger_9_advertisement_nobody_asked_for_neither_adds_nor_replaces)
{
    begin();
    world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED | ND_OVERRIDE, thief);
    world6_advertise(PEER6, "ff02::1", PEER6, ND_OVERRIDE, thief);
    CHECK(!world6_knows(PEER6, NULL));
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_ND_UNSOLICITED));
    world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac);
    CHECK(world6_knows(PEER6, world.wire.peer_mac));
    for (int i = 0; i < 3; i++) {
        world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED | ND_OVERRIDE, thief);
        world6_advertise(PEER6, "ff02::1", PEER6, ND_OVERRIDE, thief);
        world6_solicit(PEER6, OWN6, OWN6, thief);
        CHECK(world6_knows(PEER6, world.wire.peer_mac)); /* it is asked, alone */
        world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED, world.wire.peer_mac);
    }
    CHECK(world6_knows(PEER6, world.wire.peer_mac));
    world6_end();
}

TEST(station_that_moved_is_found_once_the_old_one_is_silent)
{
    begin();
    world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac);
    world6_advertise(PEER6, "ff02::1", PEER6, ND_OVERRIDE, thief);
    host_run(4000);
    CHECK(!world6_knows(PEER6, NULL));
    send_datagram(PEER6);
    world6_advertise(PEER6, OWN6, PEER6, ND_SOLICITED | ND_OVERRIDE, thief);
    CHECK(world6_knows(PEER6, thief));
    world6_end();
}

TEST(claim_of_our_address_is_told_and_changes_nothing)
{
    begin();
    world6_advertise(PEER6, "ff02::1", OWN6, ND_OVERRIDE, thief);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_ND_SPOOFED));
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK(!world6_knows(OWN6, NULL));
    world6_end();
}

TEST(ledger_9_gateway_survives_a_flood_of_solicitations_and_advertisements)
{
    struct test_random random = {3};
    uint8_t message[32];
    struct tcpip_address own = ip6(OWN6);

    begin();
    send_datagram("2001:db8:7::1"); /* asks for the gateway */
    world6_advertise(ROUTER6, OWN6, ROUTER6, ND_SOLICITED | ND_ADVERTISED_BY_ROUTER,
                     world.wire.peer_mac);
    CHECK(world6_knows(ROUTER6, world.wire.peer_mac));
    for (unsigned i = 0; i < 100000; i++) {
        uint32_t r = test_random_next(&random);
        char source[40];

        snprintf(source, sizeof source, "%s:%x",
                 r % 3 == 0 ? "fe80:" : "2001:db8:", r / 4 % 0xfffe + 2);
        memset(message, 0, sizeof message);
        message[0] = r % 2 == 0 ? ND_NEIGHBOUR_SOLICITATION : ND_NEIGHBOUR_ADVERTISEMENT;
        message[4] = (uint8_t)(r / 16);
        memcpy(message + ND_TARGET_AT, own.bytes, 16);
        message[ND_TARGET_AT + 14] = (uint8_t)(r % 2 == 0 ? 0 : r / 256);
        tcpip_nd_put_station(message + 24, r % 2 == 0 ? 1 : 2, (uint8_t[]){2, 8, 1, 2, 3, 4});
        world6_icmp(source, OWN6, message, sizeof message);
        host_now += r % 3;
    }
    CHECK(world6_knows(ROUTER6, world.wire.peer_mac));
    world6_end();
}

/* --- choosing ------------------------------------------------------------------------------------- */

TEST(source_address_is_chosen_by_scope_and_prefix)
{
    static const struct {
        const char *destination, *source; /* NULL: no way */
        bool direct;
    } cases[] = {
        {PEER6, OWN6, true},
        {"2001:db8:5::1", OWN6, false},
        {"fd00:1::9", "fd00:1::1", true},
        {"fd00:2::9", OWN6, false}, /* that has the gateway: rule 5.5 */
        {"fe80::9", "fe80::", true},
        {"ff02::fb", "fe80::", true},
        {"ff05::2", OWN6, true},
        {"::", NULL, false},
    };
    struct tcpip_route route;

    world6_begin(false);
    world6.second = (struct tcpip_end_point){
        .defaults = {.address = ip6("fd00:1::1"), .prefix = 64}};
    tcpip_end_point_link(&world.interface, &world6.second);
    tcpip_end_point_start(&world6.second);
    host_run(10000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tcpip_address to = ip6(cases[i].destination);

        CHECK_EQUAL(cases[i].source != NULL, tcpip_route_find(NULL, &to, &route));
        if (cases[i].source == NULL)
            continue;
        struct tcpip_address from = ip6(cases[i].source);
        if (from.bytes[0] == 0xfe)
            from = link_local()->active.address;
        CHECK(tcpip_address_equal(&from, &route.source));
        CHECK_EQUAL(cases[i].direct, tcpip_address_equal(&to, &route.next_hop));
    }
    world6_end();
}

/* --- groups ---------------------------------------------------------------------------------------- */

/* Those of our two addresses, and those of the names that the link asks for. */
enum { GROUPS = 2 + ipconfigUSE_MDNS + ipconfigUSE_LLMNR };

static void query(uint8_t *message, size_t size, const char *group, uint16_t most)
{
    struct tcpip_address address = ip6(group);

    memset(message, 0, size);
    message[0] = MLD_QUERY;
    tcpip_put_be16(message + 4, most);
    memcpy(message + 8, address.bytes, 16);
    world6_icmp_far(ROUTER6, group[0] == ':' ? "ff02::1" : group, 1, message, size);
}

TEST(groups_of_addresses_are_reported_with_a_router_alert)
{
    world6_begin(false);
    host_run(3000);
    CHECK_EQUAL(2 * GROUPS, world6_count(MLD_REPORT_V2)); /* twice each */
    const uint8_t *report = world6_sent(MLD_REPORT_V2, 0);
    CHECK_EQUAL(1, report[IP6_AT + 7]);
    CHECK_EQUAL(IPV6_HOP_BY_HOP, report[IP6_AT + 6]);
    CHECK_BYTES(((uint8_t[]){58, 0, 5, 2, 0, 0, 1, 0}), report + ICMP6_AT, 8);
    CHECK_EQUAL(MEMBERSHIP_JOINED, report[ICMP6_AT + 8 + 8]);
    CHECK_BYTES(((uint8_t[]){0x33, 0x33, 0, 0, 0, 22}), report, 6);
    world6_end();
}

TEST(queries_are_answered_within_their_time)
{
    uint8_t message[28];

    begin();
    query(message, 28, "::", 1000);
    CHECK_EQUAL(0, world6_count(MLD_REPORT_V2));
    host_run(1000);
    CHECK_EQUAL(GROUPS, world6_count(MLD_REPORT_V2));
    world6_forget();
    query(message, 28, solicited_node(OWN6), 10);
    host_run(10);
    CHECK_EQUAL(1, world6_count(MLD_REPORT_V2));
    CHECK_EQUAL(MEMBERSHIP_MEMBER, world6_sent(MLD_REPORT_V2, 0)[ICMP6_AT + 16]);
    world6_forget();
    query(message, 28, "ff02::77", 10);
    query(message, 25, "::", 10); /* between the versions */
    message[0] = MLD_QUERY;
    world6_icmp_far("2001:db8::5", "ff02::1", 1, message, sizeof message);
    world6_icmp_far(ROUTER6, "ff02::1", 2, message, sizeof message);
    host_run(1000);
    CHECK_EQUAL(0, world6.sent_count);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_GROUP));
    world6_end();
}

TEST(older_querier_is_answered_in_its_version_until_it_is_gone)
{
    uint8_t message[28];
    struct tcpip_address group = ip6(solicited_node(OWN6));

    begin();
    query(message, 24, solicited_node(OWN6), 1000);
    host_run(1000);
    CHECK_EQUAL(1, world6_count(MLD_REPORT));
    CHECK_BYTES(group.bytes, world6_sent(MLD_REPORT, 0) + ICMP6_AT + 8 + 8, 16);
    world6_forget();
    query(message, 24, solicited_node(OWN6), 1000);
    memset(message, 0, sizeof message); /* another host is quicker */
    message[0] = MLD_REPORT;
    memcpy(message + 8, group.bytes, 16);
    world6_icmp_far("fe80::9", solicited_node(OWN6), 1, message, 24);
    host_run(1000);
    CHECK_EQUAL(0, world6.sent_count);
    host_run(261000);
    query(message, 28, "::", 10);
    host_run(10);
    CHECK_EQUAL(GROUPS, world6_count(MLD_REPORT_V2));
    world6_end();
}

TEST(every_membership_message_of_up_to_three_bytes_is_refused)
{
    struct membership_message said;

    for (uint32_t i = 0; i < 1u << 24; i++) {
        uint8_t bytes[3] = {(uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16)};

        CHECK_EQUAL(MEMBERSHIP_NONE, tcpip_membership_parse(bytes, i % 4, TCPIP_IPV6, &said));
        CHECK_EQUAL(MEMBERSHIP_NONE, tcpip_membership_parse(bytes, i % 4, TCPIP_IPV4, &said));
    }
}
