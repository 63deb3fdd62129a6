/* SPDX-License-Identifier: MIT */
/* No call of the library reaches for the heap: linked with malloc and its kin replaced. */
#include <stddef.h>

#include "linnet_test.h"
#include "peer.h"

static bool armed;

static void *refuse(const char *what)
{
    if (armed)
        test_fail(what, __FILE__, __LINE__);
    return NULL;
}

/* What the linker puts in the place of malloc … (--wrap). */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *old);

void *__wrap_malloc(size_t size)
{
    return refuse("malloc");
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuse("calloc");
}

void *__wrap_realloc(void *old, size_t size)
{
    return refuse("realloc");
}

void __wrap_free(void *old)
{
    (void)refuse("free");
}

TEST(a_whole_connection_needs_no_heap)
{
    struct bench *bench = bench_connected(true, 60);
    MQTTSubscribeInfo_t filter = {MQTTQoS2, "a/+/c", 5};
    MQTTPublishInfo_t message = bench_message(MQTTQoS2, "a/b/c", "payload");

    armed = true;
    CHECK_EQUAL(MQTTSuccess, MQTT_Subscribe(&bench->client, &filter, 1, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 2));
    PEER_SAYS(bench, 0x90, 3, 0, 1, 2, 0x50, 2, 0, 2, 0x70, 2, 0, 2);
    PEER_SAYS(bench, 0x34, 6, 0, 1, 't', 0, 9, 'c', 0x62, 2, 0, 9);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(5, bench->event_count);
    CHECK_EQUAL(MQTTSuccess, MQTT_Unsubscribe(&bench->client, &filter, 1, 3));
    CHECK_EQUAL(MQTTSuccess, MQTT_Ping(&bench->client));
    CHECK_EQUAL(MQTTSuccess, MQTT_Disconnect(&bench->client));
    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, false, true));
    armed = false;
}
