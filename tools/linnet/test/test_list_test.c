/* SPDX-License-Identifier: MIT */
#include "linnet_test.h"
#include "test_list.h"

#include <stdlib.h>
#include <string.h>

TEST(line_of_cases_is_read)
{
    struct test_program program;

    CHECK(test_program_parse("queue\tcase\t60\tfast\t/b/test/queue", &program));
    CHECK_STRING("queue", program.name);
    CHECK_EQUAL(TEST_CASES, program.kind);
    CHECK_EQUAL(60, program.seconds);
    CHECK_EQUAL(TEST_FAST, program.when);
    CHECK_STRING("/b/test/queue", program.path);
    test_program_free(&program);
}

TEST(line_of_a_fuzzer_has_a_corpus)
{
    struct test_program program;

    CHECK(test_program_parse("dns\tfuzz:/a b/corpus\t300\tnight\t/b/fuzz/dns", &program));
    CHECK_EQUAL(TEST_FUZZ, program.kind);
    CHECK_STRING("/a b/corpus", program.corpus);
    CHECK_EQUAL(TEST_NIGHT, program.when);
    test_program_free(&program);
    CHECK(test_program_parse("dns\treplay:c\t300\tfast\t/b/fuzz/dns", &program));
    CHECK_EQUAL(TEST_REPLAY, program.kind);
    test_program_free(&program);
}

TEST(proofs_are_marked)
{
    struct test_program program;

    CHECK(test_program_parse("proof\tcase\t900\tproof\t/b/test/proof", &program));
    CHECK_EQUAL(TEST_PROOF, program.when);
    test_program_free(&program);
}

TEST(wrong_lines_are_refused)
{
    static const char *const wrong[] = {
        "",
        "queue",
        "queue\tcase\t60\tfast",
        "queue\tcase\t60\tfast\t",
        "queue\tcase\t60\tfast\t/p\textra",
        "queue\tcase\t0\tfast\t/p",
        "queue\tcase\tten\tfast\t/p",
        "queue\tcase\t60\tslow\t/p",
        "queue\tkind\t60\tfast\t/p",
        "queue\tfuzz:\t60\tfast\t/p",
        "\tcase\t60\tfast\t/p",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct test_program program;

        if (test_program_parse(wrong[i], &program))
            test_fail(wrong[i], __FILE__, __LINE__);
    }
}

TEST(overlong_line_is_refused)
{
    size_t size = 100000;
    char *line = malloc(size);
    struct test_program program;

    CHECK(line != NULL);
    memset(line, 'x', size - 1);
    line[size - 1] = '\0';
    CHECK(!test_program_parse(line, &program));
    free(line);
}

TEST(list_names_its_first_wrong_line)
{
    struct test_list list;

    CHECK_EQUAL(0, test_list_parse("a\tcase\t1\tfast\t/a\n\nb\tcase\t2\tnight\t/b\n", &list));
    CHECK_EQUAL(2, list.count);
    test_list_free(&list);
    CHECK_EQUAL(2, test_list_parse("a\tcase\t1\tfast\t/a\nnonsense\n", &list));
    CHECK_EQUAL(1, list.count);
    test_list_free(&list);
}
