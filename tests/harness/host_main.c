/* SPDX-License-Identifier: MIT */
/* Entry point of tests of pure code: the case is called from main. */
#include "harness.h"

int main(int argc, char **argv)
{
    test_select(argc, argv)->run();
    test_end(TEST_PASSED);
}
