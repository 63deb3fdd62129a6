/* SPDX-License-Identifier: MIT */
/*
 * How long to wait before trying something again: exponential back-off with full jitter. Before
 * attempt n the wait is a random value from 0 to base * 2^n, limited to a maximum, so that many
 * devices that lost the same server do not come back at the same moment.
 *
 * Pure arithmetic on the caller's context: no clock, no random source, no heap; may be called from
 * anywhere.
 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As the number of attempts: no limit. */
#define BACKOFF_ALGORITHM_RETRY_FOREVER (UINT32_MAX)

typedef enum BackoffAlgorithmStatus {
    BackoffAlgorithmSuccess = 0,
    BackoffAlgorithmRetriesExhausted
} BackoffAlgorithmStatus_t;

typedef struct BackoffAlgorithmContext {
    uint16_t maxBackoffDelay; /* milliseconds */
    uint32_t attemptsDone;    /* calls of BackoffAlgorithm_GetNextBackoff that gave a wait */
    uint16_t nextJitterMax;   /* the longest that the next wait can be, milliseconds */
    uint32_t maxRetryAttempts;
} BackoffAlgorithmContext_t;

/* Starts a series of attempts. `base` and `max` are in milliseconds; a base above max counts as
 * max. After a success call it again. */
void BackoffAlgorithm_InitializeParams(BackoffAlgorithmContext_t *context, uint16_t base,
                                       uint16_t max, uint32_t max_attempts);

/* Sets `*next_backoff` to the wait before the next attempt, 0 … nextJitterMax milliseconds, chosen
 * by `random_value` (32 random bits of a source that differs between devices).
 * BackoffAlgorithmRetriesExhausted: the attempts are used up; `*next_backoff` is unchanged. */
BackoffAlgorithmStatus_t BackoffAlgorithm_GetNextBackoff(BackoffAlgorithmContext_t *context,
                                                         uint32_t random_value,
                                                         uint16_t *next_backoff);

#ifdef __cplusplus
}
#endif
