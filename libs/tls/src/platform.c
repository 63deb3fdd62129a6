/* SPDX-License-Identifier: MIT */
/*
 * What Mbed TLS asks of the system, answered from struct tls_platform. Mbed TLS knows one system
 * per program, so this is the library's only global state. Memory is zeroed by Mbed TLS before it
 * releases what held a secret.
 */
#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include <mbedtls/build_info.h>
#include <mbedtls/entropy.h>
#include <mbedtls/platform.h>
#include <mbedtls/platform_time.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/threading.h>
#include <psa/crypto.h>

#include "tls_transport.h"

/* 9999-12-31 23:59:59: certificates know no later time (RFC 5280, 4.1.2.5). */
#define LAST_SECOND INT64_C(253402300799)

static const struct tls_platform *platform;
static bool memory_failed, entropy_failed;

struct tm; /* only through platform_util.h */

int mbedtls_hardware_poll(void *data, unsigned char *output, size_t size, size_t *written);

bool tls_platform_ready(void)
{
    return platform != NULL;
}

bool tls_platform_clock(int64_t *seconds)
{
    return platform->clock(platform->context, seconds) && *seconds >= 0 && *seconds <= LAST_SECOND;
}

uint64_t tls_platform_uptime_ms(void)
{
    return platform->uptime_ms(platform->context);
}

void *tls_platform_allocate(size_t count, size_t size)
{
    void *memory;

    if (count != 0 && size > SIZE_MAX / count)
        memory = NULL;
    else if (platform->allocate != NULL)
        memory = platform->allocate(platform->context, count, size);
    else
        memory = calloc(count, size);
    if (memory == NULL)
        memory_failed = true;
    return memory;
}

void tls_platform_release(void *memory)
{
    if (platform->release != NULL)
        platform->release(platform->context, memory);
    else
        free(memory);
}

bool tls_platform_memory_failed(void)
{
    return memory_failed;
}

bool tls_platform_entropy_failed(void)
{
    return entropy_failed;
}

void tls_platform_forget_failures(void)
{
    memory_failed = false;
    entropy_failed = false;
}

int mbedtls_hardware_poll(void *data, unsigned char *output, size_t size, size_t *written)
{
    (void)data;
    *written = 0;
    if (!platform->entropy(platform->context, output, size)) {
        entropy_failed = true;
        return MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    }
    *written = size;
    return 0;
}

int64_t tls_platform_time(int64_t *seconds)
{
    int64_t now = 0;

    if (!tls_platform_clock(&now))
        now = 0;
    if (seconds != NULL)
        *seconds = now;
    return now;
}

mbedtls_ms_time_t mbedtls_ms_time(void)
{
    return (mbedtls_ms_time_t)tls_platform_uptime_ms();
}

/* Days since 1970 to a date of the Gregorian calendar, in years that begin in March. */
static void date_of_days(int32_t days, struct tm *date)
{
    int32_t shifted = days + 719468; /* since 0000-03-01 */
    int32_t era = shifted / 146097;
    int32_t day_of_era = shifted % 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;

    date->tm_mday = day_of_year - (153 * month + 2) / 5 + 1;
    date->tm_mon = month < 10 ? month + 2 : month - 10;
    date->tm_year = year_of_era + era * 400 + (date->tm_mon < 2) - 1900;
}

struct tm *mbedtls_platform_gmtime_r(const mbedtls_time_t *seconds, struct tm *date)
{
    int32_t rest = (int32_t)(*seconds % 86400);

    if (*seconds < 0 || *seconds > LAST_SECOND)
        return NULL;
    memset(date, 0, sizeof *date);
    date_of_days((int32_t)(*seconds / 86400), date);
    date->tm_hour = rest / 3600;
    date->tm_min = rest / 60 % 60;
    date->tm_sec = rest % 60;
    return date;
}

#if defined(MBEDTLS_THREADING_C)
static void mutex_nothing(mbedtls_threading_mutex_t *mutex)
{
    (void)mutex;
}

static int mutex_lock(mbedtls_threading_mutex_t *mutex)
{
    (void)mutex;
    if (platform->lock != NULL)
        platform->lock(platform->context);
    return 0;
}

static int mutex_unlock(mbedtls_threading_mutex_t *mutex)
{
    (void)mutex;
    if (platform->unlock != NULL)
        platform->unlock(platform->context);
    return 0;
}

static void threads_start(void)
{
    mbedtls_threading_set_alt(mutex_nothing, mutex_nothing, mutex_lock, mutex_unlock);
}

static void threads_end(void)
{
    mbedtls_threading_free_alt();
}
#else
static void threads_start(void)
{
}

static void threads_end(void)
{
}
#endif

static bool is_complete(const struct tls_platform *candidate)
{
    return candidate != NULL && candidate->clock != NULL && candidate->uptime_ms != NULL &&
           candidate->entropy != NULL &&
           (candidate->allocate == NULL) == (candidate->release == NULL) &&
           (candidate->lock == NULL) == (candidate->unlock == NULL);
}

enum tls_result tls_init(const struct tls_platform *system)
{
    if (platform != NULL || !is_complete(system))
        return TLS_MISUSE;
    platform = system;
    tls_platform_forget_failures();
    threads_start();
    mbedtls_platform_set_calloc_free(tls_platform_allocate, tls_platform_release);
    if (psa_crypto_init() == PSA_SUCCESS)
        return TLS_OK;
    tls_deinit();
    return entropy_failed ? TLS_NO_ENTROPY : TLS_NO_MEMORY;
}

void tls_deinit(void)
{
    if (platform == NULL)
        return;
    mbedtls_psa_crypto_free();
    threads_end();
    mbedtls_platform_set_calloc_free(calloc, free);
    platform = NULL;
}
