/* SPDX-License-Identifier: MIT */
/* The range of the next wait doubles until it reaches the maximum; it is computed in 32 bits. */
#include "backoff_algorithm.h"

static uint16_t at_most(uint32_t value, uint16_t limit)
{
    return value < limit ? (uint16_t)value : limit;
}

void BackoffAlgorithm_InitializeParams(BackoffAlgorithmContext_t *context, uint16_t base,
                                       uint16_t max, uint32_t max_attempts)
{
    context->maxBackoffDelay = max;
    context->attemptsDone = 0;
    context->nextJitterMax = at_most(base, max);
    context->maxRetryAttempts = max_attempts;
}

BackoffAlgorithmStatus_t BackoffAlgorithm_GetNextBackoff(BackoffAlgorithmContext_t *context,
                                                         uint32_t random_value,
                                                         uint16_t *next_backoff)
{
    if (context->maxRetryAttempts != BACKOFF_ALGORITHM_RETRY_FOREVER &&
        context->attemptsDone >= context->maxRetryAttempts)
        return BackoffAlgorithmRetriesExhausted;
    *next_backoff = (uint16_t)(random_value % (context->nextJitterMax + UINT32_C(1)));
    context->attemptsDone++;
    context->nextJitterMax = at_most(context->nextJitterMax * UINT32_C(2),
                                     context->maxBackoffDelay);
    return BackoffAlgorithmSuccess;
}
