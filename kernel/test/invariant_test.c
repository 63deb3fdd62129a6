/* SPDX-License-Identifier: MIT */
/*
 * What must hold at every moment, whatever tasks do to each other: the highest ready task runs; a
 * task's priority is its base priority or that of the first waiter of a mutex it holds; the first
 * waiter is one of the highest; who holds a mutex knows of it. Workers take nested mutexes with
 * time-outs, suspend, resume, delete and re-prioritise one another at random; an interrupt at every
 * hook of the simulator looks at the state. It looks into the kernel's structures for that.
 *
 * The build defines SEEDS, the number of random schedules.
 */
#include "kernel.h"

#include "inherit.h"
#include "ready.h"
#include "wait.h"
#include "scenario.h"

#include <queue.h>
#include <semphr.h>
#include <sim.h>

#include <stdio.h>

enum { WORKERS = 5, MUTEXES = 4, TICKS = 25, LOWEST = 1, HIGHEST = 5, CONTROLLER = 6 };

static TaskHandle_t workers[WORKERS];
static SemaphoreHandle_t mutexes[MUTEXES], semaphore;
static QueueHandle_t queue;
static bool looking;
static unsigned long looks;

/* ---- The invariants --------------------------------------------------------------------------- */

static unsigned claim_of(const struct rtos_task *task)
{
    unsigned priority = task->base_priority;

    for (const struct rtos_mutex *mutex = task->held; mutex != NULL; mutex = mutex->next_held) {
        CHECK(mutex->holder == task && mutex->taken);
        const struct rtos_task *first = rtos_first_waiter(&mutex->object.receivers);
        if (first != NULL && first->priority > priority)
            priority = first->priority;
    }
    return priority;
}

/* No waiter is higher than the first. */
static void check_first_waiter(const struct rtos_wait_list *list)
{
    const struct rtos_task *first = rtos_first_waiter(list);

    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] != NULL && workers[i]->state == RTOS_TASK_WAITS &&
            workers[i]->waiting_on == list)
            CHECK(first != NULL && first->priority >= workers[i]->priority);
}

/* A task that has just stopped being ready, or a switch that is due, is seen at the hook at which
 * the port makes the switch. */
static void check_ready(void)
{
    for (unsigned priority = 0; priority < configMAX_PRIORITIES; priority++) {
        bool marked = rtos_kernel.ready_bits[priority / 32] >> (priority % 32) & 1;
        const struct rtos_task *first = rtos_kernel.ready[priority];
        CHECK(!marked || (first->state == RTOS_TASK_READY && first->priority == priority));
    }
    if (pxCurrentTCB->state == RTOS_TASK_READY && !rtos_kernel.switch_due && !sim_switch_is_due())
        CHECK_EQUAL(rtos_ready_highest()->priority, pxCurrentTCB->priority);
}

static void check_state(void)
{
    check_ready();
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] != NULL)
            CHECK_EQUAL(claim_of(workers[i]), workers[i]->priority);
    for (size_t i = 0; i < MUTEXES; i++) {
        const struct rtos_task *holder = xQueueGetMutexHolder(mutexes[i]);
        CHECK(holder == NULL || holder->state != RTOS_TASK_DELETED);
        check_first_waiter(&mutexes[i]->object.receivers);
    }
    check_first_waiter(&queue->object.receivers);
    check_first_waiter(&semaphore->object.receivers);
    CHECK(uxQueueMessagesWaiting(queue) <= 2 && uxSemaphoreGetCount(semaphore) <= 2);
    looks++;
}

/* While the scheduler is held the running task may be on the way from one state to the next. */
static void look(void *argument)
{
    (void)argument;
    if (rtos_kernel.held == 0)
        check_state();
    if (looking)
        (void)sim_interrupt_at_hook(sim_hook_count() + 1, look, NULL);
}

/* In a task that may be preempted there is no switch left to make. */
static void check_in_task(void)
{
    UBaseType_t state = rtos_lock();
    check_state();
    CHECK(rtos_ready_highest()->priority == pxCurrentTCB->priority);
    rtos_unlock(state);
}

/* ---- The workers ------------------------------------------------------------------------------ */

static void use_mutex(struct test_random *random, bool *mine)
{
    size_t i = test_random_below(random, MUTEXES);

    if (mine[i]) {
        mine[i] = false;
        CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[i]));
    } else {
        mine[i] = xSemaphoreTake(mutexes[i], test_random_below(random, 5)) == pdPASS;
    }
}

static void use_others(struct test_random *random)
{
    char item = 'i';

    switch (test_random_below(random, 6)) {
    case 0:
        (void)xSemaphoreTake(semaphore, test_random_below(random, 3));
        break;
    case 1:
        (void)xSemaphoreGive(semaphore);
        break;
    case 2:
        (void)xQueueSend(queue, &item, test_random_below(random, 3));
        break;
    case 3:
        (void)xQueueReceive(queue, &item, test_random_below(random, 3));
        break;
    case 4:
        vTaskDelay(test_random_below(random, 3));
        break;
    default:
        taskYIELD();
        break;
    }
}

static void delete_worker(size_t i)
{
    TaskHandle_t task = workers[i];

    workers[i] = NULL;
    vTaskDelete(task);
}

/* The scheduler is held, so that the victim exists while something is done to it. */
static void disturb(struct test_random *random)
{
    size_t i = test_random_below(random, WORKERS);
    bool is_self = workers[i] == xTaskGetCurrentTaskHandle();

    vTaskSuspendAll();
    if (workers[i] != NULL) {
        switch (test_random_below(random, 16)) {
        case 0:
            if (!is_self)
                delete_worker(i);
            break;
        case 1:
        case 2:
            if (!is_self)
                vTaskSuspend(workers[i]);
            break;
        case 3:
        case 4:
        case 5:
            vTaskResume(workers[i]);
            break;
        case 6:
        case 7:
            (void)xTaskAbortDelay(workers[i]);
            break;
        default:
            vTaskPrioritySet(workers[i], LOWEST + test_random_below(random, HIGHEST));
            break;
        }
    }
    (void)xTaskResumeAll();
}

static void work(void *parameter)
{
    struct test_random random = {(uintptr_t)parameter};
    bool mine[MUTEXES] = {false};

    for (;;) {
        switch (test_random_below(&random, 4)) {
        case 0:
            use_others(&random);
            break;
        case 1:
            disturb(&random);
            break;
        default:
            use_mutex(&random, mine);
            break;
        }
        check_in_task();
    }
}

/* ---- The schedules ---------------------------------------------------------------------------- */

static void open_world(void)
{
    for (size_t i = 0; i < MUTEXES; i++)
        mutexes[i] = xSemaphoreCreateMutex();
    semaphore = xSemaphoreCreateCounting(2, 1);
    queue = xQueueCreate(2, 1);
    looking = true;
    CHECK(sim_interrupt_at_hook(sim_hook_count() + 1, look, NULL));
}

static void close_world(void)
{
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] != NULL)
            delete_worker(i);
    looking = false;
    vTaskDelay(2); /* the last look, and the idle task frees what is left */
    for (size_t i = 0; i < MUTEXES; i++)
        vSemaphoreDelete(mutexes[i]);
    vSemaphoreDelete(semaphore);
    vQueueDelete(queue);
}

/* Puts new workers in the places of the deleted, and wakes the suspended. */
static void keep_going(struct test_random *random)
{
    for (size_t i = 0; i < WORKERS; i++) {
        if (workers[i] == NULL)
            (void)xTaskCreate(work, "worker", configMINIMAL_STACK_SIZE / 2,
                              (void *)(uintptr_t)(test_random_next(random) + 1u),
                              LOWEST + test_random_below(random, HIGHEST), &workers[i]);
        else
            vTaskResume(workers[i]);
    }
}

static void run_schedule(uint64_t seed)
{
    struct test_random random = {seed * 2654435761u + 1};

    test_shake(seed);
    open_world();
    for (int i = 0; i < TICKS; i++) {
        keep_going(&random);
        vTaskDelay(1);
    }
    close_world();
}

TEST(ledger_36_random_schedules_keep_the_invariants)
{
    sim_limit_us(0);
    vTaskPrioritySet(NULL, CONTROLLER);
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        run_schedule(seed);
    printf("%lu looks at the state\n", looks);
    CHECK(looks > SEEDS * 100ul);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

/* ---- Nothing is lost or made -------------------------------------------------------------------- */

static volatile unsigned long given, taken, sent, received;
static volatile bool stop;

static void trade(void *parameter)
{
    struct test_random random = {(uintptr_t)parameter};
    char item = 'i';

    while (!stop) {
        TickType_t wait = test_random_below(&random, 3);
        switch (test_random_below(&random, 6)) {
        case 0:
            given += xSemaphoreGive(semaphore) == pdPASS;
            break;
        case 1:
            taken += xSemaphoreTake(semaphore, wait) == pdPASS;
            break;
        case 2:
            sent += xQueueSendToFront(queue, &item, wait) == pdPASS;
            break;
        case 3:
            received += xQueueReceive(queue, &item, wait) == pdPASS;
            break;
        case 4:
            vTaskPrioritySet(NULL, LOWEST + test_random_below(&random, HIGHEST));
            break;
        default:
            vTaskDelay(wait);
            break;
        }
    }
    vTaskSuspend(NULL);
}

static void trade_for_a_while(uint64_t seed)
{
    struct test_random random = {seed};

    given = taken = sent = received = 0;
    stop = false;
    test_shake(seed);
    for (size_t i = 0; i < WORKERS; i++)
        CHECK_EQUAL(pdPASS,
                    xTaskCreate(trade, "trader", configMINIMAL_STACK_SIZE / 2,
                                (void *)(uintptr_t)(seed * WORKERS + i + 1), LOWEST, &workers[i]));
    for (int i = 0; i < TICKS; i++) {
        TaskHandle_t victim = workers[test_random_below(&random, WORKERS)];
        vTaskSuspend(victim);
        vTaskDelay(1);
        (void)xTaskAbortDelay(workers[test_random_below(&random, WORKERS)]);
        vTaskResume(victim);
    }
    stop = true;
    vTaskDelay(8);
}

TEST(ledger_36_random_schedules_lose_and_make_nothing)
{
    sim_limit_us(0);
    vTaskPrioritySet(NULL, CONTROLLER);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        open_world();
        trade_for_a_while(seed);
        CHECK_EQUAL(given + 1, taken + uxSemaphoreGetCount(semaphore));
        CHECK_EQUAL(sent, received + uxQueueMessagesWaiting(queue));
        close_world();
    }
    CHECK(taken > 0 && received > 0);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}
