/* SPDX-License-Identifier: MIT */
#include "scripted_stack.h"

#include <linnet_test.h>

#include <FreeRTOS.h>
#include <task.h>

struct scripted_stack scripted;

static struct netif_frame frames[SCRIPTED_BUFFERS];
static uint8_t storage[SCRIPTED_BUFFERS][2048];
static bool taken[SCRIPTED_BUFFERS];

struct netif_frame *scripted_allocate(struct netif *netif, size_t capacity)
{
    (void)netif;
    CHECK(capacity <= sizeof storage[0]);
    for (int i = 0; i < SCRIPTED_BUFFERS && scripted.allocate_refusals == 0; i++) {
        if (taken[i])
            continue;
        taken[i] = true;
        frames[i] = (struct netif_frame){
            .buffer = storage[i], .data = storage[i] + 10, .capacity = sizeof storage[i]};
        return &frames[i];
    }
    scripted.allocate_refusals -= scripted.allocate_refusals > 0;
    return NULL;
}

void scripted_release(struct netif_frame *frame)
{
    CHECK(taken[frame - frames]);
    taken[frame - frames] = false;
}

static void receive(struct netif *netif, struct netif_frame *frame)
{
    CHECK(frame->netif == netif);
    CHECK(scripted.received_count < SCRIPTED_RECEIVED);
    scripted.received[scripted.received_count++] = frame;
}

static bool receive_from_isr(struct netif *netif, struct netif_frame *frame)
{
    CHECK(portCHECK_IF_IN_ISR());
    receive(netif, frame);
    return false;
}

static void schedule_poll(struct netif *netif)
{
    (void)netif;
    scripted.polls_wanted++;
}

static bool schedule_poll_from_isr(struct netif *netif)
{
    schedule_poll(netif);
    return false;
}

static void link_changed(struct netif *netif, enum netif_link link)
{
    (void)netif;
    scripted.told_link = link;
    scripted.link_changes++;
}

static bool link_changed_from_isr(struct netif *netif, enum netif_link link)
{
    CHECK(portCHECK_IF_IN_ISR());
    link_changed(netif, link);
    return false;
}

const struct netif_stack scripted_stack = {.allocate = scripted_allocate,
                                           .release = scripted_release,
                                           .receive = receive,
                                           .receive_from_isr = receive_from_isr,
                                           .schedule_poll = schedule_poll,
                                           .schedule_poll_from_isr = schedule_poll_from_isr,
                                           .link_changed = link_changed,
                                           .link_changed_from_isr = link_changed_from_isr};

static unsigned buffers_out(void)
{
    unsigned count = 0;

    for (int i = 0; i < SCRIPTED_BUFFERS; i++)
        count += taken[i];
    return count;
}

struct netif *scripted_start(struct netif *netif)
{
    CHECK(netif != NULL);
    netif->stack = &scripted_stack;
    CHECK(netif->driver->start(netif));
    return netif;
}

unsigned scripted_serve(struct netif *netif, bool (*asks)(void), void (*interrupt)(void))
{
    unsigned interrupts = 0, served = 0;

    while (asks() || scripted.polls_wanted != served) {
        CHECK(interrupts < 100);
        if (asks()) {
            interrupt();
            interrupts++;
            CHECK(!asks());
        }
        served = scripted.polls_wanted;
        netif->driver->poll(netif);
    }
    return interrupts;
}

void scripted_give_back(void)
{
    while (scripted.received_count > 0)
        scripted_release(scripted.received[--scripted.received_count]);
}

const uint8_t *scripted_frame(unsigned size, uint8_t number)
{
    static uint8_t bytes[SCRIPTED_FRAME_SIZE];

    CHECK(size <= sizeof bytes);
    for (unsigned i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i * 7u + number);
    return bytes;
}

void scripted_stop(struct netif *netif)
{
    scripted_give_back();
    netif->driver->stop(netif);
    CHECK_EQUAL(0, buffers_out());
}

bool scripted_wait(unsigned count)
{
    for (int i = 0; i < 500 && scripted.received_count < count; i++)
        vTaskDelay(pdMS_TO_TICKS(10));
    return scripted.received_count >= count;
}
