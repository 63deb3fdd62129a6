/* SPDX-License-Identifier: MIT */
#include "linnet_test.h"
#include "test_ledger.h"

TEST(class_is_read_from_the_name_of_the_case)
{
    CHECK_EQUAL(7, ledger_class("net_input.ledger_7_fragments_are_dropped"));
    CHECK_EQUAL(45, ledger_class("time.ledger_45_clock_jumps"));
    CHECK_EQUAL(1, ledger_class("ledger_1_x"));
}

TEST(other_names_belong_to_no_class)
{
    static const char *const others[] = {"net.ledger_0_x",
                                         "net.ledger_46_x",
                                         "net.ledger_x",
                                         "net.ledger_7",
                                         "net.my_ledger_7_x",
                                         "net.ledger_-1_x",
                                         "net.ledger_07_x",
                                         "net.dropped",
                                         "",
                                         "net.ledger_99999999999999999999_x"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK_EQUAL(0, ledger_class(others[i]));
}
