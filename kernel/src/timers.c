/* SPDX-License-Identifier: MIT */
/*
 * Software timers: the timer task (also called daemon) serves commands and calls what has expired.
 *
 * Everyone else only writes a command into a ring of configTIMER_QUEUE_LENGTH places, under the
 * lock. The queue of active timers belongs to the timer task alone and needs no lock; its order is
 * that of rtos_pqueue, so that no operation walks the timers. Its base is `swept`: no key in the
 * queue is earlier, so that all keys lie within one turn of the tick counter from there.
 */
#include "timers.h"

#if configUSE_TIMERS == 1

#include "create.h"
#include "wait.h"

struct command {
    BaseType_t id; /* tmrCOMMAND_… */
    union {
        struct {
            struct rtos_timer *timer;
            TickType_t value;
            TickType_t sent_at;
        } timer;
        struct {
            PendedFunction_t function;
            void *parameter1;
            uint32_t parameter2;
        } call;
    } of;
};

static struct {
    struct command ring[configTIMER_QUEUE_LENGTH];
    size_t first, count;
    struct rtos_wait_list senders; /* wait for room */
    struct rtos_wait_list daemon;  /* waits for commands */
    struct rtos_pqueue active;
    TickType_t swept;
    TaskHandle_t task;
} timers;

_Static_assert(configTIMER_QUEUE_LENGTH > 0, "configTIMER_QUEUE_LENGTH must be at least 1");

/* ---- Commands ---------------------------------------------------------------------------------
 */

/* Under the lock. *woken says whether the timer task should run now. */
static bool put(const struct command *command, bool *woken)
{
    if (timers.count == configTIMER_QUEUE_LENGTH)
        return false;
    timers.ring[(timers.first + timers.count) % configTIMER_QUEUE_LENGTH] = *command;
    timers.count++;
    *woken = rtos_wake_one(&timers.daemon);
    return true;
}

/* Under the lock. */
static bool get(struct command *command)
{
    if (timers.count == 0)
        return false;
    *command = timers.ring[timers.first];
    timers.first = (timers.first + 1) % configTIMER_QUEUE_LENGTH;
    timers.count--;
    (void)rtos_wake_one(&timers.senders);
    return true;
}

static bool may_wait(void)
{
    return rtos_kernel.running && rtos_kernel.held == 0 && pxCurrentTCB != timers.task;
}

static BaseType_t send(const struct command *command, TickType_t ticks_to_wait)
{
    TickType_t ticks = may_wait() ? ticks_to_wait : 0;
    UBaseType_t state = rtos_lock();
    bool sent, woken;

    while (!(sent = put(command, &woken)) && ticks != 0)
        ticks = rtos_wait_on(&timers.senders, ticks, state);
    rtos_unlock(state);
    return sent ? pdPASS : pdFAIL;
}

static BaseType_t send_from_isr(const struct command *command, BaseType_t *switch_needed)
{
    bool woken = false;
    UBaseType_t state = rtos_lock();
    bool sent = put(command, &woken);
    rtos_unlock_from_isr(state, woken, switch_needed);
    return sent ? pdPASS : pdFAIL;
}

BaseType_t xTimerGenericCommandFromTask(TimerHandle_t timer, const BaseType_t command,
                                        const TickType_t value, BaseType_t *const switch_needed,
                                        const TickType_t ticks_to_wait)
{
    (void)switch_needed;
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(timer);
    configASSERT(command >= tmrCOMMAND_START_DONT_TRACE && command < tmrFIRST_FROM_ISR_COMMAND);
    configASSERT(command != tmrCOMMAND_CHANGE_PERIOD || value > 0);
    if (command == tmrCOMMAND_CHANGE_PERIOD && value == 0)
        return pdFAIL;
    BaseType_t result = send(
        &(struct command){.id = command, .of.timer = {timer, value, xTaskGetTickCount()}},
        ticks_to_wait);
    traceTIMER_COMMAND_SEND(timer, command, value, result);
    return result;
}

BaseType_t xTimerGenericCommandFromISR(TimerHandle_t timer, const BaseType_t command,
                                       const TickType_t value, BaseType_t *const switch_needed,
                                       const TickType_t ticks_to_wait)
{
    (void)ticks_to_wait;
    RTOS_ASSERT_EXISTS(timer);
    RTOS_ASSERT_IN_ISR();
    configASSERT(command >= tmrFIRST_FROM_ISR_COMMAND &&
                 command <= tmrCOMMAND_CHANGE_PERIOD_FROM_ISR);
    configASSERT(command != tmrCOMMAND_CHANGE_PERIOD_FROM_ISR || value > 0);
    if (command == tmrCOMMAND_CHANGE_PERIOD_FROM_ISR && value == 0)
        return pdFAIL;
    BaseType_t result = send_from_isr(
        &(struct command){.id = command, .of.timer = {timer, value, xTaskGetTickCountFromISR()}},
        switch_needed);
    traceTIMER_COMMAND_SEND(timer, command, value, result);
    return result;
}

#if INCLUDE_xTimerPendFunctionCall == 1
BaseType_t xTimerPendFunctionCall(PendedFunction_t function, void *parameter1, uint32_t parameter2,
                                  TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(function != NULL);
    BaseType_t result = send(&(struct command){.id = tmrCOMMAND_EXECUTE_CALLBACK,
                                               .of.call = {function, parameter1, parameter2}},
                             ticks_to_wait);
    tracePEND_FUNC_CALL(function, parameter1, parameter2, result);
    return result;
}

BaseType_t xTimerPendFunctionCallFromISR(PendedFunction_t function, void *parameter1,
                                         uint32_t parameter2, BaseType_t *switch_needed)
{
    RTOS_ASSERT_IN_ISR();
    configASSERT(function != NULL);
    BaseType_t result = send_from_isr(
        &(struct command){.id = tmrCOMMAND_EXECUTE_CALLBACK_FROM_ISR,
                          .of.call = {function, parameter1, parameter2}},
        switch_needed);
    tracePEND_FUNC_CALL_FROM_ISR(function, parameter1, parameter2, result);
    return result;
}
#endif

/* ---- The timer task ---------------------------------------------------------------------------
 */

static bool is_due(const struct rtos_timer *timer, TickType_t now)
{
    return (TickType_t)(timer->expiry.key - timers.swept) <= (TickType_t)(now - timers.swept);
}

static struct rtos_timer *first_active(void)
{
    if (rtos_pqueue_is_empty(&timers.active))
        return NULL;
    return RTOS_CONTAINER(timers.active.first, struct rtos_timer, expiry);
}

/* Moves the base of the queue as far as it may: to now, or to the first timer that is due. */
static void sweep(TickType_t now)
{
    const struct rtos_timer *first = first_active();

    timers.swept = first != NULL && is_due(first, now) ? first->expiry.key : now;
}

static void activate(struct rtos_timer *timer, TickType_t expiry)
{
    rtos_hold(); /* arrivals are counted for all queues together */
    timer->active = true;
    rtos_pqueue_insert(&timers.active, &timer->expiry, expiry, timers.swept);
    rtos_release();
}

static void deactivate(struct rtos_timer *timer)
{
    if (!timer->active)
        return;
    rtos_pqueue_remove(&timers.active, &timer->expiry, timers.swept);
    timer->active = false;
}

static void call_back(struct rtos_timer *timer)
{
    traceTIMER_EXPIRED(timer);
    if (timer->callback != NULL)
        timer->callback(timer);
}

/* Starts a timer whose period counts from `from`. When the command was served so late that periods
 * have passed, the callback is called for each of them. */
static void start(struct rtos_timer *timer, TickType_t from)
{
    deactivate(timer);
    while ((TickType_t)(xTaskGetTickCount() - from) >= timer->period) {
        from = (TickType_t)(from + timer->period);
        if (!timer->auto_reload) {
            call_back(timer);
            return;
        }
        timer->active = true; /* as the callback should see it; in the queue it is not yet */
        call_back(timer);
        timer->active = false;
    }
    sweep(xTaskGetTickCount());
    activate(timer, (TickType_t)(from + timer->period));
}

static void serve(const struct command *command)
{
    struct rtos_timer *timer = command->of.timer.timer;

    if (command->id < tmrCOMMAND_START_DONT_TRACE) {
        command->of.call.function(command->of.call.parameter1, command->of.call.parameter2);
        return;
    }
    traceTIMER_COMMAND_RECEIVED(timer, command->id, command->of.timer.value);
    switch (command->id) {
    case tmrCOMMAND_STOP:
    case tmrCOMMAND_STOP_FROM_ISR:
        deactivate(timer);
        break;
    case tmrCOMMAND_CHANGE_PERIOD:
    case tmrCOMMAND_CHANGE_PERIOD_FROM_ISR:
        timer->period = command->of.timer.value;
        start(timer, command->of.timer.sent_at);
        break;
    case tmrCOMMAND_DELETE:
        deactivate(timer);
        timer->alive = 0;
        if (!timer->is_static)
            rtos_free(timer);
        break;
    default: /* all that start */
        start(timer, command->of.timer.value);
        break;
    }
}

/* Calls one timer that has expired, the earliest. A timer that reloads is back in the queue before
 * its callback, which may ask for its next expiry. */
static void expire_one(void)
{
    TickType_t now = xTaskGetTickCount();
    struct rtos_timer *timer = first_active();

    sweep(now);
    if (timer == NULL || !is_due(timer, now))
        return;
    deactivate(timer);
    if (timer->auto_reload)
        activate(timer, (TickType_t)(timers.swept + timer->period));
    call_back(timer);
}

/* How long there is nothing to do unless a command comes. */
static TickType_t until_first_expiry(void)
{
    const struct rtos_timer *first = first_active();

    if (first == NULL)
        return portMAX_DELAY;
    if (is_due(first, rtos_kernel.tick))
        return 0;
    TickType_t ticks = (TickType_t)(first->expiry.key - rtos_kernel.tick);
    return ticks == portMAX_DELAY ? ticks - 1 : ticks; /* that would be without end */
}

/* Waits until a command comes (then true, and it is taken) or the first timer expires. */
static bool next_command(struct command *command)
{
    UBaseType_t state = rtos_lock();
    TickType_t ticks = until_first_expiry();
    bool taken;

    while (!(taken = get(command)) && ticks != 0)
        ticks = rtos_wait_on(&timers.daemon, ticks, state);
    rtos_unlock(state);
    return taken;
}

/* One command and one expiry in turn, so that neither starves the other. */
static void timer_task(void *parameter)
{
    struct command command = {0};

    (void)parameter;
    if (configUSE_DAEMON_TASK_STARTUP_HOOK)
        vApplicationDaemonTaskStartupHook();
    for (;;) {
        if (next_command(&command))
            serve(&command);
        expire_one();
    }
}

static void create_task(void)
{
    StaticTask_t *task = NULL;
    StackType_t *stack = NULL;
    configSTACK_DEPTH_TYPE depth = 0;

    if (configSUPPORT_STATIC_ALLOCATION) {
        vApplicationGetTimerTaskMemory(&task, &stack, &depth);
        timers.task = xTaskCreateStatic(timer_task, configTIMER_SERVICE_TASK_NAME, depth, NULL,
                                        configTIMER_TASK_PRIORITY, stack, task);
    } else {
        (void)xTaskCreate(timer_task, configTIMER_SERVICE_TASK_NAME, configTIMER_TASK_STACK_DEPTH,
                          NULL, configTIMER_TASK_PRIORITY, &timers.task);
    }
}

BaseType_t xTimerCreateTimerTask(void)
{
    timers.swept = xTaskGetTickCount();
    create_task();
    return timers.task != NULL ? pdPASS : pdFAIL;
}

TaskHandle_t xTimerGetTimerDaemonTaskHandle(void)
{
    configASSERT(timers.task != NULL);
    return timers.task;
}

void vTimerResetState(void)
{
    timers.first = 0;
    timers.count = 0;
    timers.senders.first = NULL;
    timers.daemon.first = NULL;
    timers.active.first = NULL;
    timers.task = NULL;
}

#endif
