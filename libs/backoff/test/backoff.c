/* SPDX-License-Identifier: MIT */
/* The waits between attempts: range, cap, jitter, end. */
#include "backoff_algorithm.h"
#include "linnet_test.h"

TEST(range_doubles_up_to_the_maximum)
{
    static const unsigned longest[] = {100, 200, 400, 800, 1000, 1000, 1000};
    BackoffAlgorithmContext_t context;
    uint16_t wait;

    BackoffAlgorithm_InitializeParams(&context, 100, 1000, BACKOFF_ALGORITHM_RETRY_FOREVER);
    for (unsigned i = 0; i < sizeof longest / sizeof longest[0]; i++) {
        CHECK_EQUAL(longest[i], context.nextJitterMax);
        CHECK_EQUAL(i, context.attemptsDone);
        CHECK_EQUAL(BackoffAlgorithmSuccess,
                    BackoffAlgorithm_GetNextBackoff(&context, longest[i], &wait));
        CHECK_EQUAL(longest[i], wait);
    }
}

TEST(jitter_covers_the_whole_range_evenly)
{
    enum { RANGE = 50, DRAWS = 102000 };
    static unsigned hits[RANGE + 1];
    struct test_random random = {42};

    for (unsigned i = 0; i < DRAWS; i++) {
        BackoffAlgorithmContext_t context;
        uint16_t wait = UINT16_MAX;
        BackoffAlgorithm_InitializeParams(&context, RANGE, 1000, 1);
        BackoffAlgorithm_GetNextBackoff(&context, test_random_next(&random), &wait);
        CHECK(wait <= RANGE);
        hits[wait]++;
    }
    for (unsigned value = 0; value <= RANGE; value++)
        CHECK(hits[value] > 1700 && hits[value] < 2300); /* 2000 expected, 6 deviations */
}

TEST(attempts_end_and_the_wait_is_untouched)
{
    BackoffAlgorithmContext_t context;
    uint16_t wait = 7;

    BackoffAlgorithm_InitializeParams(&context, 10, 20, 3);
    for (unsigned i = 0; i < 3; i++)
        CHECK_EQUAL(BackoffAlgorithmSuccess, BackoffAlgorithm_GetNextBackoff(&context, 0, &wait));
    wait = 7;
    CHECK_EQUAL(BackoffAlgorithmRetriesExhausted,
                BackoffAlgorithm_GetNextBackoff(&context, 5, &wait));
    CHECK_EQUAL(7, wait);
    CHECK_EQUAL(3, context.attemptsDone);
    BackoffAlgorithm_InitializeParams(&context, 10, 20, 0);
    CHECK_EQUAL(BackoffAlgorithmRetriesExhausted,
                BackoffAlgorithm_GetNextBackoff(&context, 5, &wait));
}

TEST(extremes_do_not_overflow)
{
    BackoffAlgorithmContext_t context;
    uint16_t wait;

    BackoffAlgorithm_InitializeParams(&context, UINT16_MAX, UINT16_MAX,
                                      BACKOFF_ALGORITHM_RETRY_FOREVER);
    for (unsigned i = 0; i < 100; i++) {
        CHECK_EQUAL(BackoffAlgorithmSuccess,
                    BackoffAlgorithm_GetNextBackoff(&context, UINT32_MAX, &wait));
        CHECK_EQUAL(UINT16_MAX, context.nextJitterMax);
    }
    BackoffAlgorithm_InitializeParams(&context, 5000, 100, 1);
    CHECK_EQUAL(100, context.nextJitterMax);
    BackoffAlgorithm_InitializeParams(&context, 0, 100, BACKOFF_ALGORITHM_RETRY_FOREVER);
    CHECK_EQUAL(BackoffAlgorithmSuccess,
                BackoffAlgorithm_GetNextBackoff(&context, UINT32_MAX, &wait));
    CHECK_EQUAL(0, wait);
}

TEST(an_endless_series_does_not_end_when_its_counter_wraps)
{
    BackoffAlgorithmContext_t context;
    uint16_t wait;

    BackoffAlgorithm_InitializeParams(&context, 1, 10, BACKOFF_ALGORITHM_RETRY_FOREVER);
    context.attemptsDone = UINT32_MAX;
    CHECK_EQUAL(BackoffAlgorithmSuccess, BackoffAlgorithm_GetNextBackoff(&context, 1, &wait));
    CHECK_EQUAL(BackoffAlgorithmSuccess, BackoffAlgorithm_GetNextBackoff(&context, 1, &wait));
}
