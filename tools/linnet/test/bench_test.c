/* SPDX-License-Identifier: MIT */
#include "bench_ports.h"
#include "bench_rows.h"
#include "bench_size.h"
#include "linnet_test.h"

TEST(a_row_is_taken_apart)
{
    struct bench_row row;

    CHECK(bench_row_parse("preemptive\tinstructions\tlower\t100\tFreeRTOS=260.8\tThreadX=173.6",
                          &row));
    CHECK_STRING("preemptive", row.name);
    CHECK_STRING("instructions", row.unit);
    CHECK(!row.higher_is_better && row.goal == 100);
    CHECK_EQUAL(2, row.peer_count);
    CHECK_STRING("ThreadX", row.peers[1].name);
    CHECK(row.peers[0].value == 260.8);
    bench_row_free(&row);
}

TEST(a_broken_row_is_refused)
{
    static const char *const lines[] = {
        "",
        "name",
        "name\tunit\tlower",
        "name\tunit\tlower\tx",
        "\tu\tlower\t1",
        "n\tu\tsideways\t1",
        "n\tu\tlower\t1\tpeer",
        "n\tu\tlower\t1\t=5",
        "n\tu\tlower\t1\tp=x",
        "n\tu\tlower\t1\ta=1\tb=1\tc=1\td=1\te=1",
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct bench_row row;

        CHECK(!bench_row_parse(lines[i], &row));
        bench_row_free(&row);
    }
}

TEST(a_goal_is_missed_by_what_is_shown)
{
    struct bench_row row = {.unit = "bytes", .goal = 100, .value = 100.04, .measured = true};

    CHECK(!bench_row_missed(&row));
    row.value = 100.06;
    CHECK(bench_row_missed(&row));
    row.higher_is_better = true;
    CHECK(!bench_row_missed(&row));
    row.value = 99.9;
    CHECK(bench_row_missed(&row));
    row.measured = false;
    CHECK(!bench_row_missed(&row));
}

TEST(a_ratio_is_judged_by_two_digits)
{
    struct bench_row row = {
        .unit = "ratio", .goal = 1.5, .value = 1.496, .measured = true, .higher_is_better = true};

    CHECK(!bench_row_missed(&row));
    row.value = 1.494;
    CHECK(bench_row_missed(&row));
}

TEST(an_archive_is_weighed_by_the_map)
{
    static const char map[] =
        "Discarded input sections\n"
        " .text.gone     0x00000000       0x99 libkernel.a(task.c.obj)\n"
        "\nLinker script and memory map\n"
        ".text           0x00000000     0x5a8\n"
        " *(.text*)\n"
        " .text.give     0x00000100       0x10 libkernel.a(semaphore.c.obj)\n"
        " .text.xQueueSemaphoreTake\n"
        "                0x00000110       0x20 libkernel.a(semaphore.c.obj)\n"
        "                0x00000111                xQueueSemaphoreTake\n"
        " .text.main     0x00000130       0x40 CMakeFiles/app.dir/main.c.obj\n"
        " *fill*         0x00000170        0x2 \n"
        " .rodata.table  0x00000172        0x8 libkernel.a(tick.c.obj)\n"
        " .bss.kernel    0x20000000       0x30 libkernel.a(sched.c.obj)\n"
        " .bss.idle_stack.0\n"
        "                0x20000030      0x200 libkernel.a(static_memory.c.obj)\n"
        " .data.level    0x20000230        0x4 libkernel.a(port.c.obj)\n"
        " .debug_info    0x00000000      0x500 libkernel.a(port.c.obj)\n";
    struct bench_size size = bench_size_of(map, "libkernel.a");

    CHECK_EQUAL(0x38, size.text);
    CHECK_EQUAL(0x234, size.data);
    CHECK_EQUAL(0x200, size.stacks);
}

static struct ports_row row_of(double first, double second)
{
    return (struct ports_row){
        .name = "row", .unit = "bytes", .values = {first, second}, .measured = {true, true}};
}

TEST(a_board_is_marked_above_what_is_tolerated)
{
    struct ports_row row = row_of(100, 130.4);

    CHECK(!ports_is_marked(&row, 1)); /* 1.30 is shown */
    row.values[1] = 130.6;
    CHECK(ports_is_marked(&row, 1));
    CHECK(!ports_is_marked(&row, 0));
}

TEST(a_board_without_a_figure_has_no_ratio)
{
    struct ports_row row = row_of(0, 50);

    CHECK(ports_ratio(&row, 1) == 0);
    row = row_of(50, 100);
    CHECK(ports_ratio(&row, 1) == 2);
    row.measured[1] = false;
    CHECK(ports_ratio(&row, 1) == 0 && !ports_is_marked(&row, 1));
    row.measured[1] = true;
    row.measured[0] = false;
    CHECK(ports_ratio(&row, 1) == 0);
}
