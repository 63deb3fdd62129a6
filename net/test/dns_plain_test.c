/* SPDX-License-Identifier: MIT */
/* The DNS client where it neither asks for aliases nor remembers that there is nothing. */
#include "name_server.h"

_Static_assert(!ipconfigDNS_ASK_ALIASES && !ipconfigDNS_CACHE_ABSENCE, "built without them");

static const struct name_entry zone[] = {
    {"www.example.com", DNS_TYPE_A, 60, "192.0.2.1"},
    {"old.example.com", DNS_TYPE_CNAME, 60, "new.example.com"},
    {"new.example.com", DNS_TYPE_A, 60, "192.0.2.3"},
    {"far.example.com", DNS_TYPE_CNAME, 20, "away.example.net"}, /* needs a question of its own */
    {"away.example.net", DNS_TYPE_A, 90, "192.0.2.4"},
    {"only4.example.com", DNS_TYPE_A, 60, "192.0.2.5"},
    {"only4.example.com", DNS_TYPE_SOA, 40, "30"},
    {"nobody.example.com", DNS_TYPE_SOA, 40, "30"},
    {NULL, 0, 0, NULL},
};

static struct {
    struct tcpip_dns_lookup lookup;
    unsigned done;
    size_t count;
    uint32_t first;
} result;

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    result.done++;
    result.count = count;
    result.first = count > 0 ? tcpip_address_ipv4(&addresses[0]) : 0;
}

/* How many addresses there are. */
static size_t resolve(const char *name, uint8_t family)
{
    result.lookup = (struct tcpip_dns_lookup){.name = name, .family = family, .done = done};
    result.done = 0;
    tcpip_dns_resolve(&result.lookup);
    for (int i = 0; i < 1000 && result.done == 0; i++)
        host_run(100);
    CHECK_EQUAL(1, result.done);
    return result.count;
}

TEST(name_is_found_and_remembered)
{
    name_server_begin(zone);
    for (unsigned i = 0; i < 3; i++) {
        CHECK_EQUAL(1, resolve("www.example.com", TCPIP_IPV4));
        CHECK_EQUAL(0xc0000201, result.first);
    }
    CHECK_EQUAL(1, name_server.datagrams);
    name_server_end();
}

TEST(alias_that_the_server_follows_is_followed)
{
    name_server_begin(zone);
    CHECK_EQUAL(1, resolve("old.example.com", TCPIP_IPV4));
    CHECK_EQUAL(0xc0000203, result.first);
    CHECK_EQUAL(1, name_server.datagrams);
    name_server_end();
}

TEST(alias_that_the_server_leaves_open_is_the_end_of_the_look_up)
{
    name_server_begin(zone);
    CHECK_EQUAL(0, resolve("far.example.com", TCPIP_IPV4));
    CHECK_EQUAL(1, name_server.datagrams);
    name_server_end();
}

TEST(that_there_is_nothing_is_asked_anew_each_time)
{
    name_server_begin(zone);
    for (unsigned i = 1; i <= 3; i++) {
        CHECK_EQUAL(0, resolve("nobody.example.com", TCPIP_IPV4));
        CHECK_EQUAL(i, name_server.datagrams);
    }
    for (unsigned i = 4; i <= 6; i++) {
        CHECK_EQUAL(0, resolve("only4.example.com", TCPIP_IPV6));
        CHECK_EQUAL(i, name_server.datagrams);
    }
    CHECK_EQUAL(1, resolve("only4.example.com", TCPIP_IPV4));
    name_server_end();
}
