/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "linnet_test.h"

#include <stdlib.h>

TEST(args_end_in_null_and_can_be_pasted)
{
    struct args args = {0};
    char *line;

    args_add(&args, "%s-%d", "number", 7);
    args_add_all(&args, (const char *const[]){"two words", "plain", NULL});
    line = args_line(&args);
    CHECK_STRING("number-7 'two words' plain", line);
    CHECK_EQUAL(3, args.count);
    CHECK(args.items[3] == NULL);
    free(line);
    args_free(&args);
    CHECK_EQUAL(0, args.count);
}

TEST(args_know_what_they_contain)
{
    struct args args = {0};

    CHECK(!args_contain(&args, "one"));
    args_add(&args, "one");
    CHECK(args_contain(&args, "one"));
    CHECK(!args_contain(&args, "on"));
    args_free(&args);
}
