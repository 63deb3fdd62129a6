/* SPDX-License-Identifier: MIT */
#include "linnet_test.h"
#include "test_coverage.h"

TEST(block_of_a_kernel_source_is_read)
{
    struct coverage row;

    CHECK(coverage_parse("File '/a/kernel/src/wait.c'\nLines executed:98.51% of 67\n"
                         "Branches executed:100.00% of 32\nTaken at least once:96.88% of 32\n"
                         "No calls",
                         &row));
    CHECK_STRING("wait.c", row.name);
    CHECK_EQUAL(67, row.lines.all);
    CHECK_EQUAL(66, row.lines.reached);
    CHECK_EQUAL(32, row.branches.all);
    CHECK_EQUAL(31, row.branches.reached);
}

TEST(file_without_branches_has_none)
{
    struct coverage row;

    CHECK(coverage_parse("File 'kernel/src/run_time.c'\nLines executed:100.00% of 5\nNo branches",
                         &row));
    CHECK_EQUAL(5, row.lines.reached);
    CHECK_EQUAL(0, row.branches.all);
}

TEST(blocks_of_other_files_are_passed_over)
{
    struct coverage row;

    CHECK(!coverage_parse("File 'ports/sim/src/port.c'\nLines executed:98.51% of 67", &row));
    CHECK(!coverage_parse("Function 'kernel/src/x'\nLines executed:98.51% of 67", &row));
    CHECK(!coverage_parse("File 'kernel/src/open", &row));
    CHECK(!coverage_parse("", &row));
}
