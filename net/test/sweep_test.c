/* SPDX-License-Identifier: MIT */
/*
 * A life: a lease, a name, a ping, a connection with data. Each thing that it needs fails once, at its
 * 1st, 2nd, … call: nothing is left behind, and where it can be repeated it is, so that all is done
 * in the end.
 */
#include "servers.h"
#include "world.h"

#include <stdio.h>
#include <string.h>

#include "client/dns.h"
#include "core/drop.h"
#include "core/frame.h"
#include "ip/icmp.h"
#include "tcp/tcp_ip.h"
#include "udp/udp.h"

enum { PORT = 80, SIZE = 3000, BUFFERS = 2000, PATIENCE_MS = 120000, STEP_MS = 10 };

static const struct tcpip_tcp_settings settings = {BUFFERS, BUFFERS, 0};
static struct servers servers;
static bool (*serve)(struct wire *wire, const uint8_t *bytes, size_t length);

static struct {
    struct tcpip_dns_lookup lookup;
    struct tcpip_tcp_listener listener;
    struct tcpip_tcp_owner owner;
    struct tcpip_tcp_connection *active, *passive;
    bool asked, named, answered, listening, all_sent, all_received;
    uint32_t sent, received;
} life;

/* The mirror is a far host, to which the servers are the way. */
static bool route(struct wire *wire, const uint8_t *bytes, size_t length)
{
    bool to_mirror = length >= NETIF_HEADER_SIZE + 20 && tcpip_get_be16(bytes + 12) == 0x0800 &&
                     tcpip_get_be32(bytes + NETIF_HEADER_SIZE + 16) == WIRE_MIRROR;

    return !to_mirror && serve(wire, bytes, length);
}

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    life.asked = count > 0; /* else it is asked for again */
    life.named = count > 0;
}

static void answered(uint16_t sequence, bool sound)
{
    life.answered = sound;
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
}

static void incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
    struct tcpip_tcp_connection *taken = tcpip_tcp_accept(listener, owner);

    if (taken == NULL)
        return;
    if (life.passive != NULL)
        tcpip_tcp_abort(taken);
    else
        life.passive = taken;
}

/* --- what is to be done ------------------------------------------------------------------------------------ */

static void find_name(void)
{
    if (life.asked)
        return;
    life.asked = true;
    life.lookup = (struct tcpip_dns_lookup){
        .name = "www.example.com", .family = TCPIP_IPV4, .done = done};
    tcpip_dns_resolve(&life.lookup);
}

/* Again each second until it is answered. */
static void ping(void)
{
    const struct tcpip_address far = tcpip_address_from_ipv4(WIRE_MIRROR);

    if (!life.answered && host_now % 1000 < STEP_MS)
        (void)tcpip_icmp_ping(&far, 1, 20);
}

static void connect(void)
{
    struct tcpip_tcp_endpoints ends = {.local = world.end_point.active.address,
                                       .remote = tcpip_address_from_ipv4(WIRE_MIRROR),
                                       .remote_port = PORT};

    if (!life.listening)
        life.listening = tcpip_tcp_listen(tcpip_tcp_host(), &life.listener);
    if (life.active != NULL && life.active->state == TCPIP_TCP_CLOSED && !life.all_sent) {
        tcpip_tcp_close(life.active);
        life.active = NULL;
    }
    if (life.active == NULL && !life.all_sent)
        life.active = tcpip_tcp_open(tcpip_tcp_host(), &ends, &settings, &life.owner);
}

static void send_all(void)
{
    static const uint8_t zeros[SIZE];

    if (life.active == NULL || life.active->state != TCPIP_TCP_ESTABLISHED || life.all_sent)
        return;
    life.sent += (uint32_t)tcpip_ring_write(&life.active->send, zeros, SIZE - life.sent);
    tcpip_tcp_service(life.active);
    if (life.sent == SIZE) {
        tcpip_tcp_close(life.active);
        life.active = NULL;
        life.all_sent = true;
    }
}

static void receive_all(void)
{
    if (life.passive == NULL)
        return;
    uint32_t count = tcpip_ring_count(&life.passive->receive);
    life.received += count;
    tcpip_ring_drop(&life.passive->receive, count);
    tcpip_tcp_service(life.passive);
    if (life.passive->state == TCPIP_TCP_CLOSE_WAIT || life.passive->state == TCPIP_TCP_CLOSED) {
        life.all_received = life.received == SIZE;
        tcpip_tcp_close(life.passive);
        life.passive = NULL;
    }
}

static bool is_done(void)
{
    return life.named && life.answered && life.all_sent && life.all_received;
}

static void begin(void)
{
    memset(&life, 0, sizeof life);
    host_seed(5);
    world_begin(true);
    tcpip_tcp_ip_init();
    servers_begin(&servers, &world.wire);
    serve = world.wire.peer;
    world.wire.peer = route;
    world.wire.mirror = true;
    tcpip_icmp_ping_answered = answered;
    life.owner = (struct tcpip_tcp_owner){event, incoming};
    life.listener = (struct tcpip_tcp_listener){
        .port = PORT, .backlog = 2, .settings = &settings, .owner = &life.owner};
}

/* Lives until all is done, or for two minutes. */
static bool go_on(void)
{
    for (unsigned ms = 0; ms < PATIENCE_MS && !is_done(); ms += STEP_MS) {
        if (world.end_point.state == TCPIP_END_POINT_UP) {
            find_name();
            ping();
            connect();
            send_all();
            receive_all();
        }
        host_run(STEP_MS);
    }
    return is_done();
}

static void end(void)
{
    if (life.active != NULL)
        tcpip_tcp_abort(life.active);
    if (life.passive != NULL)
        tcpip_tcp_abort(life.passive);
    if (life.listening)
        tcpip_tcp_unlisten(&life.listener);
    if (!life.named)
        tcpip_dns_cancel(&life.lookup);
    tcpip_icmp_ping_answered = NULL;
    world_end();
}

/* Fails what `to_fail` counts at each of its calls in turn; returns how many lives were not done. */
static unsigned sweep(const char *what, unsigned *to_fail)
{
    unsigned undone = 0, calls = 0;

    for (bool failed = true; failed;) {
        begin();
        *to_fail = ++calls;
        undone += !go_on();
        failed = *to_fail == 0;
        *to_fail = 0;
        end();
    }
    printf("%s: each of %u failed, %u not done\n", what, calls - 1, undone);
    CHECK(calls > 4);
    return undone;
}

TEST(life_without_a_fault_is_done)
{
    begin();
    CHECK(go_on());
    end();
}

TEST(each_frame_that_the_driver_refuses_is_sent_again)
{
    CHECK_EQUAL(0, sweep("frames sent", &world.wire.refuse));
}

TEST(each_frame_that_is_lost_on_its_way_to_us_is_asked_for_again)
{
    CHECK_EQUAL(0, sweep("frames received", &world.wire.drop));
}

/* Without memory for its client DHCP leaves the end-point as it is; everything else is tried again. */
TEST(each_allocation_that_fails_leaves_nothing_behind)
{
    CHECK(sweep("allocations", &host_allocation_to_fail) <= 1);
}

TEST(each_random_number_that_fails_leaves_nothing_behind)
{
    CHECK_EQUAL(0, sweep("random numbers", &host_random_to_fail));
}

TEST(few_free_frames_slow_a_life_down_and_leave_nothing_behind)
{
    struct netif_frame *held[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS];

    for (size_t few = 0; few < 6; few++) {
        size_t count = 0;

        begin();
        while (tcpip_frames_free() > few)
            held[count++] = tcpip_frame_allocate(0, 10);
        bool is_all_done = go_on();
        printf("%zu free frames: %s\n", few, is_all_done ? "done" : "not done");
        CHECK(few < 4 || is_all_done);
        while (count > 0)
            tcpip_frame_release(held[--count]);
        CHECK(go_on()); /* and as soon as there are more it goes on */
        end();
    }
}
