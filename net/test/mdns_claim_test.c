/* SPDX-License-Identifier: MIT */
/* How names become ours by Multicast DNS, and what happens when somebody else wants them. */
#include "mdns_peer.h"

#include <string.h>

#include "client/mdns_out.h"
#include "core/stack.h"

#define UNIQUE (MDNS_UNIQUE | DNS_CLASS_IN)

static char host_name[TCPIP_MDNS_LABEL_SIZE];
static char instance_name[TCPIP_MDNS_LABEL_SIZE];

static void host_claimed(const char *host)
{
    strcpy(host_name, host);
}

static void instance_claimed(struct tcpip_mdns_service *service, const char *instance)
{
    strcpy(instance_name, instance);
}

static struct tcpip_mdns_service web;

static void claim_host(void)
{
    host_name[0] = '\0';
    tcpip_mdns_claim_host("lamp", host_claimed);
}

static void offer(void)
{
    instance_name[0] = '\0';
    web = (struct tcpip_mdns_service){
        .instance = "Hall", .type = "_http._tcp", .port = 80, .claimed = instance_claimed};
    CHECK(tcpip_mdns_claim_service(&web));
}

/* Claims and waits until all is announced; nothing is left in what was heard. */
static void settle(void)
{
    claim_host();
    offer();
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    CHECK_STRING("Hall", instance_name);
    peer_forget();
}

static void check_probe(size_t index, const char *name)
{
    struct dns_record record;

    CHECK_EQUAL(0, peer_heard[index].header.flags);
    CHECK(peer_find(index, DNS_QUESTIONS, name, DNS_TYPE_ANY, &record));
    CHECK_EQUAL(DNS_CLASS_IN | MDNS_UNICAST, record.class);
    CHECK(peer_find(index, DNS_AUTHORITIES, name, DNS_TYPE_A, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class); /* 10.2: never with the flush bit */
    CHECK_EQUAL(120, record.ttl);
}

static void check_announcement(size_t index, const char *name)
{
    struct dns_record record;

    CHECK_EQUAL(MDNS_FLAGS_RESPONSE, peer_heard[index].header.flags);
    CHECK_EQUAL(0, peer_heard[index].header.questions);
    CHECK(peer_find(index, DNS_ANSWERS, name, DNS_TYPE_A, &record));
    CHECK_EQUAL(UNIQUE, record.class);
    CHECK_EQUAL(120, record.ttl);
    CHECK_EQUAL(WIRE_OWN, tcpip_get_be32(peer_heard[index].bytes + record.data));
}

TEST(name_is_probed_three_times_and_announced_twice)
{
    static const uint32_t pauses[] = {250, 250, 250, 1000};

    peer_begin();
    uint32_t begin = host_now;
    claim_host();
    host_run(10000);
    CHECK_EQUAL(5, peer_count);
    CHECK(peer_heard[0].at - begin <= 250);
    for (size_t i = 0; i < 5; i++) {
        CHECK_EQUAL(0xe00000fb, tcpip_address_ipv4(&peer_heard[i].destination));
        CHECK_EQUAL(MDNS_PORT, peer_heard[i].destination_port);
        CHECK_EQUAL(MDNS_PORT, peer_heard[i].source_port);
        CHECK_EQUAL(255, peer_heard[i].time_to_live);
        CHECK_EQUAL(0, peer_heard[i].header.id);
        if (i > 0)
            CHECK_EQUAL(pauses[i - 1], peer_heard[i].at - peer_heard[i - 1].at);
        if (i < 3)
            check_probe(i, "lamp.local");
        else
            check_announcement(i, "lamp.local");
    }
    CHECK_STRING("lamp", host_name);
    world_end();
}

TEST(service_is_announced_with_all_its_records)
{
    struct dns_record record;

    peer_begin();
    claim_host();
    offer();
    host_run(700);
    size_t probes = peer_count;
    for (size_t i = 0; i < probes; i++)
        CHECK_EQUAL(0, peer_heard[i].header.flags);
    host_run(5000);
    size_t i = peer_count - 1;
    CHECK(peer_find(i, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK_EQUAL(UNIQUE, record.class);
    CHECK_EQUAL(120, record.ttl);
    CHECK_EQUAL(80, tcpip_get_be16(peer_heard[i].bytes + record.data + 4));
    CHECK(peer_is_name(i, record.data + 6, "lamp.local"));
    CHECK(peer_find(i, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, &record));
    CHECK_EQUAL(UNIQUE, record.class);
    CHECK_EQUAL(4500, record.ttl);
    CHECK_EQUAL(1, record.size);
    CHECK_EQUAL(0, peer_heard[i].bytes[record.data]);
    CHECK(peer_find(i, DNS_ANSWERS, "_http._tcp.local", DNS_TYPE_PTR, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class); /* shared: no flush bit */
    CHECK_EQUAL(4500, record.ttl);
    CHECK(peer_is_name(i, record.data, "Hall._http._tcp.local"));
    CHECK(peer_find(i, DNS_ANSWERS, "_services._dns-sd._udp.local", DNS_TYPE_PTR, &record));
    CHECK(peer_is_name(i, record.data, "_http._tcp.local"));
    world_end();
}

/* RFC 6762 9: whoever probes gives in. */
TEST(name_that_somebody_has_gets_a_number)
{
    peer_begin();
    claim_host();
    offer();
    host_run(300);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_address(DNS_ANSWERS, "LAMP.local", UNIQUE, 120, PEER_ADDRESS);
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", UNIQUE, 120, 80, "other.local");
    peer_send();
    peer_forget();
    host_run(5000);
    CHECK_STRING("lamp-2", host_name);
    CHECK_STRING("Hall (2)", instance_name);
    bool host = false, service = false;
    for (size_t i = 0; i < peer_count; i++) {
        host = host || peer_has(i, DNS_ANSWERS, "lamp-2.local", DNS_TYPE_A);
        service = service || peer_has(i, DNS_ANSWERS, "Hall (2)._http._tcp.local", DNS_TYPE_SRV);
    }
    CHECK(host && service);
    world_end();
}

TEST(any_record_of_the_name_counts_while_it_is_probed)
{
    peer_begin();
    claim_host();
    host_run(300);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_record(DNS_ANSWERS, "lamp.local", DNS_TYPE_TXT, UNIQUE, 120, "", 1);
    peer_send();
    host_run(5000);
    CHECK_STRING("lamp-2", host_name);
    world_end();
}

TEST(goodbye_and_own_data_are_no_conflict)
{
    peer_begin();
    claim_host();
    host_run(300);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_address(DNS_ANSWERS, "lamp.local", UNIQUE, 0, PEER_ADDRESS);
    peer_address(DNS_ANSWERS, "lamp.local", UNIQUE, 120, WIRE_OWN); /* a proxy of ours */
    peer_send();
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    world_end();
}

/* A name that is ours is probed again first; the other may give in. */
TEST(contradiction_to_a_held_name_has_it_probed_again)
{
    peer_begin();
    settle();
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_address(DNS_ANSWERS, "lamp.local", UNIQUE, 120, PEER_ADDRESS);
    peer_send();
    host_run(700);
    check_probe(0, "lamp.local");
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    check_announcement(peer_count - 1, "lamp.local");

    for (unsigned i = 0; i < 2; i++) { /* now it insists */
        peer_say(0, MDNS_FLAGS_RESPONSE);
        peer_address(DNS_ANSWERS, "lamp.local", UNIQUE, 120, PEER_ADDRESS);
        peer_send();
        host_run(300);
    }
    peer_forget();
    host_run(5000);
    CHECK_STRING("lamp-2", host_name);
    /* The service leads to the host by its new name. */
    struct dns_record record;
    CHECK(peer_find(peer_count - 1, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK(peer_is_name(peer_count - 1, record.data + 6, "lamp-2.local"));
    world_end();
}

/* RFC 6762 8.2: probes at the same time; what is later in order wins. */
static uint32_t probe_against(uint32_t address, bool second_record)
{
    peer_begin();
    claim_host();
    host_run(300);
    peer_say(0, 0);
    peer_question("lamp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
    peer_address(DNS_AUTHORITIES, "lamp.local", DNS_CLASS_IN, 120, address);
    if (second_record)
        peer_record(DNS_AUTHORITIES, "lamp.local", DNS_TYPE_AAAA, DNS_CLASS_IN, 120,
                    "0123456789abcdef", 16);
    peer_send();
    peer_forget();
    uint32_t begin = host_now;
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    uint32_t pause = peer_heard[0].at - begin;
    world_end();
    return pause;
}

TEST(tie_of_probes_is_won_by_what_comes_later)
{
    CHECK_EQUAL(1000, probe_against(WIRE_OWN + 1, false)); /* lost: once more, in a second */
    CHECK(probe_against(WIRE_OWN - 1, false) <= 250);
    CHECK(probe_against(WIRE_OWN, false) <= 250); /* the same: no conflict */
    CHECK_EQUAL(1000, probe_against(WIRE_OWN, true));
    CHECK(probe_against(WIRE_OWN - 1, true) <= 250);
}

TEST(many_conflicts_slow_the_probing)
{
    uint32_t last = 0;
    char name[32] = "lamp.local";

    peer_begin();
    claim_host();
    for (unsigned conflict = 1; conflict <= 20; conflict++) {
        peer_forget();
        for (unsigned i = 0; i < 6000 && peer_count == 0; i++)
            host_run(1);
        CHECK(peer_has(0, DNS_QUESTIONS, name, DNS_TYPE_ANY));
        if (conflict > 16)
            CHECK_EQUAL(5000, peer_heard[0].at - last);
        else if (conflict > 1)
            CHECK(peer_heard[0].at - last <= 250);
        last = host_now;
        peer_say(0, MDNS_FLAGS_RESPONSE);
        peer_address(DNS_ANSWERS, name, UNIQUE, 120, PEER_ADDRESS);
        peer_send();
        strcpy(name, "lamp-XX.local");
        name[5] = (char)('0' + (conflict + 1) / 10);
        name[6] = (char)('0' + (conflict + 1) % 10);
        if (conflict + 1 < 10)
            strcpy(name,
                   (char[]){'l', 'a', 'm', 'p', '-', name[6], '.', 'l', 'o', 'c', 'a', 'l', 0});
    }
    host_run(20000);
    CHECK_STRING("lamp-21", host_name);
    world_end();
}

TEST(long_names_keep_room_for_their_number)
{
    static const char longest[] = "01234567890123456789012345678901234567890123456789012"
                                  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"; /* 63 bytes */
    peer_begin();
    CHECK_EQUAL(63, strlen(longest));
    settle();
    tcpip_mdns_disown(1);
    web.instance = longest;
    CHECK(tcpip_mdns_claim_service(&web));
    host_run(300);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    struct dns_name name;
    CHECK(tcpip_mdns_name_of(1, &name));
    tcpip_dns_open_record(&peer_writer, &name, DNS_TYPE_TXT, UNIQUE, 120);
    tcpip_dns_put_bytes(&peer_writer, (const uint8_t *)"\1x", 2);
    CHECK(tcpip_dns_close_record(&peer_writer, DNS_ANSWERS));
    peer_send();
    host_run(5000);
    CHECK_STRING("01234567890123456789012345678901234567890123456789012\xc3\xa4 (2)",
                 instance_name); /* cut between letters, not within one */
    world_end();
}

TEST(goodbye_is_said_when_names_are_given_up)
{
    struct dns_record record;

    peer_begin();
    settle();
    tcpip_mdns_give_up(&web);
    CHECK_EQUAL(1, peer_count);
    CHECK(peer_find(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK_EQUAL(0, record.ttl);
    CHECK(peer_find(0, DNS_ANSWERS, "_http._tcp.local", DNS_TYPE_PTR, &record));
    CHECK_EQUAL(0, record.ttl);
    CHECK(!peer_has(0, DNS_ANSWERS, "_services._dns-sd._udp.local", DNS_TYPE_PTR));
    peer_forget();
    world_end(); /* the stack ends */
    CHECK_EQUAL(1, peer_count);
    CHECK(peer_find(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(0, record.ttl);
}

TEST(nothing_is_said_of_names_that_never_were_ours)
{
    peer_begin();
    claim_host();
    host_run(300);
    peer_forget();
    world_end();
    CHECK_EQUAL(0, peer_count);
}

TEST(names_are_claimed_anew_when_the_link_returns)
{
    peer_begin();
    settle();
    wire_set_cut(&world.wire, true);
    host_run(5000);
    CHECK_EQUAL(0, peer_count);
    wire_set_cut(&world.wire, false);
    host_run(700);
    check_probe(0, "lamp.local");
    host_run(5000);
    check_announcement(peer_count - 1, "lamp.local");
    world_end();
}

TEST(claim_without_a_link_begins_with_the_link)
{
    peer_begin();
    wire_set_cut(&world.wire, true);
    host_run(0);
    claim_host();
    host_run(10000);
    CHECK_STRING("", host_name);
    wire_set_cut(&world.wire, false);
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    CHECK_EQUAL(5, peer_count);
    world_end();
}

TEST(new_address_is_announced)
{
    struct tcpip_configuration other;
    struct dns_record record;

    peer_begin();
    settle();
    other = world.end_point.active;
    other.address = tcpip_address_from_ipv4(WIRE_OWN + 8);
    tcpip_end_point_configure(&world.end_point, &other);
    host_run(3000);
    CHECK_EQUAL(2, peer_count);
    CHECK(peer_find(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(UNIQUE, record.class);
    CHECK_EQUAL(WIRE_OWN + 8, tcpip_get_be32(peer_heard[0].bytes + record.data));
    world_end();
}

TEST(services_that_are_not_sound_are_refused)
{
    static struct tcpip_mdns_service services[ipconfigMDNS_SERVICES + 1];
    char label[80];

    peer_begin();
    memset(label, 'x', sizeof label);
    label[64] = '\0';
    web = (struct tcpip_mdns_service){.type = "_http._tcp", .port = 80};
    CHECK(!tcpip_mdns_own_service(&web)); /* no host yet */
    claim_host();
    web.type = NULL;
    CHECK(!tcpip_mdns_own_service(&web));
    web.type = "_http..tcp";
    CHECK(!tcpip_mdns_own_service(&web));
    web.type = "_http._tcp";
    web.instance = label;
    CHECK(!tcpip_mdns_own_service(&web));
    web.instance = "";
    CHECK(!tcpip_mdns_own_service(&web));
    web.instance = NULL;
    web.subtype = label;
    CHECK(!tcpip_mdns_own_service(&web));
    web.subtype = NULL;
    web.txt_size = TCPIP_MDNS_TXT_MAX + 1;
    CHECK(!tcpip_mdns_own_service(&web));
    web.txt_size = 0;
    CHECK(tcpip_mdns_own_service(&web));
    CHECK(!tcpip_mdns_own_service(&web)); /* already */
    for (size_t i = 1; i <= ipconfigMDNS_SERVICES; i++) {
        services[i] = (struct tcpip_mdns_service){.type = "_http._tcp"};
        CHECK_EQUAL(i < ipconfigMDNS_SERVICES, tcpip_mdns_own_service(&services[i]));
    }
    world_end();
}

TEST(claim_survives_lost_frames)
{
    peer_begin();
    claim_host();
    struct netif_frame *taken[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS];
    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        taken[i] = tcpip_netif_stack.allocate(&world.wire.netif, 1);
    host_run(400);
    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        tcpip_netif_stack.release(taken[i]);
    host_run(5000);
    CHECK_STRING("lamp", host_name);
    world_end();
}
