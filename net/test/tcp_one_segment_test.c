/* SPDX-License-Identifier: MIT */
/* The engine without ipconfigUSE_TCP_WIN: one segment under way, and nothing kept that comes early. */
#include "tcp_script.h"
#include "tcp_world.h"

static struct script s;

TEST(one_segment_is_under_way_at_a_time)
{
    script_init(&s, NULL);
    script_established(&s, TCPIP_TCP_NO_DELAY);
    app_write(&s, 2500);
    out(&s, 0, "A", 1, 1, 1000);
    app_write(&s, 100);
    quiet(&s, 100);
    in(&s, "A", 1, 1001, 0);
    out(&s, 0, "A", 1001, 1, 1000);
    quiet(&s, 0);
    in(&s, "A", 1, 2001, 0);
    tcpip_tcp_shutdown(s.connection);
    out(&s, 0, "A", 2001, 1, 600);
    quiet(&s, 0);
    in(&s, "A", 1, 2601, 0);
    out(&s, 0, "FA", 2601, 1, 0);
    in(&s, "A", 1, 2602, 0);
    state(&s, TCPIP_TCP_FIN_WAIT_2);
    script_deinit(&s);
}

TEST(a_lost_segment_is_repeated_by_its_timer)
{
    script_init(&s, NULL);
    script_established(&s, 0);
    app_write(&s, 1000);
    out(&s, 0, "A", 1, 1, 1000);
    for (unsigned i = 0; i < 5; i++)
        in(&s, "A", 1, 1, 0); /* no duplicates count: nothing can have come behind it */
    quiet(&s, 299);
    out(&s, 1, "A", 1, 1, 1000);
    in(&s, "A", 1, 1001, 0);
    quiet(&s, 100000);
    script_deinit(&s);
}

TEST(what_comes_early_comes_again)
{
    script_init(&s, NULL);
    script_established(&s, 0);
    in(&s, "A", 101, 1, 100);
    out(&s, 0, "A", 1, 1, 0);
    in(&s, "A", 1, 1, 100);
    CHECK_EQUAL(100, app_read(&s));
    in(&s, "A", 101, 1, 100);
    CHECK_EQUAL(100, app_read(&s));
    in(&s, "FA", 301, 1, 0);
    in(&s, "A", 201, 1, 100);
    CHECK_EQUAL(100, app_read(&s));
    state(&s, TCPIP_TCP_CLOSE_WAIT);
    script_deinit(&s);
}

/* Half a megabyte over a wire that loses, reorders and doubles: slowly, but all of it. */
TEST(bulk_data_arrives_over_a_bad_wire)
{
    static struct world world;
    uint8_t byte;
    uint32_t sent = 0, received = 0;

    world_init(&world, 3, NULL);
    world.faults = (struct world_faults){5, 5, 5, 1};
    world_connect(&world, 8192, 0);
    struct tcpip_tcp_connection *from = world.sides[0].connection;
    struct tcpip_tcp_connection *to = world.sides[1].connection;
    while (received < 524288) {
        while (sent < 524288 && tcpip_ring_free(&from->send) > 0) {
            byte = (uint8_t)(sent * 7 + sent / 256);
            sent += (uint32_t)tcpip_ring_write(&from->send, &byte, 1);
        }
        for (; tcpip_ring_copy(&to->receive, &byte, 1) == 1; received++) {
            CHECK_EQUAL((uint8_t)(received * 7 + received / 256), byte);
            tcpip_ring_drop(&to->receive, 1);
        }
        tcpip_tcp_service(from);
        tcpip_tcp_service(to);
        CHECK(world_step(&world, world.now + 1000));
    }
    world_deinit(&world);
}
