/* SPDX-License-Identifier: MIT */
/* Every trace macro of an event counts how often it was called. */
#pragma once

#define TRACE_EVENTS(X)                                                                            \
    X(traceSTART)                                                                                  \
    X(traceEND)                                                                                    \
    X(traceTASK_SWITCHED_IN)                                                                       \
    X(traceSTARTING_SCHEDULER)                                                                     \
    X(traceINCREASE_TICK_COUNT)                                                                    \
    X(traceLOW_POWER_IDLE_BEGIN)                                                                   \
    X(traceLOW_POWER_IDLE_END)                                                                     \
    X(traceTASK_SWITCHED_OUT)                                                                      \
    X(traceTASK_PRIORITY_INHERIT)                                                                  \
    X(traceTASK_PRIORITY_DISINHERIT)                                                               \
    X(traceBLOCKING_ON_QUEUE_RECEIVE)                                                              \
    X(traceBLOCKING_ON_QUEUE_PEEK)                                                                 \
    X(traceBLOCKING_ON_QUEUE_SEND)                                                                 \
    X(traceMOVED_TASK_TO_READY_STATE)                                                              \
    X(tracePOST_MOVED_TASK_TO_READY_STATE)                                                         \
    X(traceMOVED_TASK_TO_DELAYED_LIST)                                                             \
    X(traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST)                                                    \
    X(traceQUEUE_CREATE)                                                                           \
    X(traceQUEUE_CREATE_FAILED)                                                                    \
    X(traceCREATE_MUTEX)                                                                           \
    X(traceCREATE_MUTEX_FAILED)                                                                    \
    X(traceGIVE_MUTEX_RECURSIVE)                                                                   \
    X(traceGIVE_MUTEX_RECURSIVE_FAILED)                                                            \
    X(traceTAKE_MUTEX_RECURSIVE)                                                                   \
    X(traceTAKE_MUTEX_RECURSIVE_FAILED)                                                            \
    X(traceCREATE_COUNTING_SEMAPHORE)                                                              \
    X(traceCREATE_COUNTING_SEMAPHORE_FAILED)                                                       \
    X(traceQUEUE_SEND)                                                                             \
    X(traceQUEUE_SEND_FAILED)                                                                      \
    X(traceQUEUE_RECEIVE)                                                                          \
    X(traceQUEUE_PEEK)                                                                             \
    X(traceQUEUE_PEEK_FAILED)                                                                      \
    X(traceQUEUE_PEEK_FROM_ISR)                                                                    \
    X(traceQUEUE_RECEIVE_FAILED)                                                                   \
    X(traceQUEUE_SEND_FROM_ISR)                                                                    \
    X(traceQUEUE_SEND_FROM_ISR_FAILED)                                                             \
    X(traceQUEUE_RECEIVE_FROM_ISR)                                                                 \
    X(traceQUEUE_RECEIVE_FROM_ISR_FAILED)                                                          \
    X(traceQUEUE_PEEK_FROM_ISR_FAILED)                                                             \
    X(traceQUEUE_DELETE)                                                                           \
    X(traceTASK_CREATE)                                                                            \
    X(traceTASK_CREATE_FAILED)                                                                     \
    X(traceTASK_DELETE)                                                                            \
    X(traceTASK_DELAY_UNTIL)                                                                       \
    X(traceTASK_DELAY)                                                                             \
    X(traceTASK_PRIORITY_SET)                                                                      \
    X(traceTASK_SUSPEND)                                                                           \
    X(traceTASK_RESUME)                                                                            \
    X(traceTASK_RESUME_FROM_ISR)                                                                   \
    X(traceTASK_INCREMENT_TICK)                                                                    \
    X(traceTIMER_CREATE)                                                                           \
    X(traceTIMER_CREATE_FAILED)                                                                    \
    X(traceTIMER_COMMAND_SEND)                                                                     \
    X(traceTIMER_EXPIRED)                                                                          \
    X(traceTIMER_COMMAND_RECEIVED)                                                                 \
    X(traceMALLOC)                                                                                 \
    X(traceFREE)                                                                                   \
    X(traceEVENT_GROUP_CREATE)                                                                     \
    X(traceEVENT_GROUP_CREATE_FAILED)                                                              \
    X(traceEVENT_GROUP_SYNC_BLOCK)                                                                 \
    X(traceEVENT_GROUP_SYNC_END)                                                                   \
    X(traceEVENT_GROUP_WAIT_BITS_BLOCK)                                                            \
    X(traceEVENT_GROUP_WAIT_BITS_END)                                                              \
    X(traceEVENT_GROUP_CLEAR_BITS)                                                                 \
    X(traceEVENT_GROUP_CLEAR_BITS_FROM_ISR)                                                        \
    X(traceEVENT_GROUP_SET_BITS)                                                                   \
    X(traceEVENT_GROUP_SET_BITS_FROM_ISR)                                                          \
    X(traceEVENT_GROUP_DELETE)                                                                     \
    X(tracePEND_FUNC_CALL)                                                                         \
    X(tracePEND_FUNC_CALL_FROM_ISR)                                                                \
    X(traceQUEUE_REGISTRY_ADD)                                                                     \
    X(traceTASK_NOTIFY_TAKE_BLOCK)                                                                 \
    X(traceTASK_NOTIFY_TAKE)                                                                       \
    X(traceTASK_NOTIFY_WAIT_BLOCK)                                                                 \
    X(traceTASK_NOTIFY_WAIT)                                                                       \
    X(traceTASK_NOTIFY)                                                                            \
    X(traceTASK_NOTIFY_FROM_ISR)                                                                   \
    X(traceTASK_NOTIFY_GIVE_FROM_ISR)                                                              \
    X(traceISR_EXIT_TO_SCHEDULER)                                                                  \
    X(traceISR_EXIT)                                                                               \
    X(traceISR_ENTER)                                                                              \
    X(traceSTREAM_BUFFER_CREATE_FAILED)                                                            \
    X(traceSTREAM_BUFFER_CREATE_STATIC_FAILED)                                                     \
    X(traceSTREAM_BUFFER_CREATE)                                                                   \
    X(traceSTREAM_BUFFER_DELETE)                                                                   \
    X(traceSTREAM_BUFFER_RESET)                                                                    \
    X(traceSTREAM_BUFFER_RESET_FROM_ISR)                                                           \
    X(traceBLOCKING_ON_STREAM_BUFFER_SEND)                                                         \
    X(traceSTREAM_BUFFER_SEND)                                                                     \
    X(traceSTREAM_BUFFER_SEND_FAILED)                                                              \
    X(traceSTREAM_BUFFER_SEND_FROM_ISR)                                                            \
    X(traceBLOCKING_ON_STREAM_BUFFER_RECEIVE)                                                      \
    X(traceSTREAM_BUFFER_RECEIVE)                                                                  \
    X(traceSTREAM_BUFFER_RECEIVE_FAILED)                                                           \
    X(traceSTREAM_BUFFER_RECEIVE_FROM_ISR)                                                         \
    X(traceQUEUE_SET_SEND)

#define TRACE_EVENT(name) EVENT_##name,
enum trace_event { TRACE_EVENTS(TRACE_EVENT) TRACE_EVENT_COUNT };
#undef TRACE_EVENT

extern unsigned trace_counts[TRACE_EVENT_COUNT];
void trace_ended(void);

#define TRACED(name)                             ((void)trace_counts[EVENT_##name]++)

#define traceSTART(...)                          TRACED(traceSTART)
#define traceEND()                               trace_ended()
#define traceTASK_SWITCHED_IN(...)               TRACED(traceTASK_SWITCHED_IN)
#define traceSTARTING_SCHEDULER(...)             TRACED(traceSTARTING_SCHEDULER)
#define traceINCREASE_TICK_COUNT(...)            TRACED(traceINCREASE_TICK_COUNT)
#define traceLOW_POWER_IDLE_BEGIN(...)           TRACED(traceLOW_POWER_IDLE_BEGIN)
#define traceLOW_POWER_IDLE_END(...)             TRACED(traceLOW_POWER_IDLE_END)
#define traceTASK_SWITCHED_OUT(...)              TRACED(traceTASK_SWITCHED_OUT)
#define traceTASK_PRIORITY_INHERIT(...)          TRACED(traceTASK_PRIORITY_INHERIT)
#define traceTASK_PRIORITY_DISINHERIT(...)       TRACED(traceTASK_PRIORITY_DISINHERIT)
#define traceBLOCKING_ON_QUEUE_RECEIVE(...)      TRACED(traceBLOCKING_ON_QUEUE_RECEIVE)
#define traceBLOCKING_ON_QUEUE_PEEK(...)         TRACED(traceBLOCKING_ON_QUEUE_PEEK)
#define traceBLOCKING_ON_QUEUE_SEND(...)         TRACED(traceBLOCKING_ON_QUEUE_SEND)
#define traceMOVED_TASK_TO_READY_STATE(...)      TRACED(traceMOVED_TASK_TO_READY_STATE)
#define tracePOST_MOVED_TASK_TO_READY_STATE(...) TRACED(tracePOST_MOVED_TASK_TO_READY_STATE)
#define traceMOVED_TASK_TO_DELAYED_LIST(...)     TRACED(traceMOVED_TASK_TO_DELAYED_LIST)
#define traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST(...)                                              \
    TRACED(traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST)
#define traceQUEUE_CREATE(...)                       TRACED(traceQUEUE_CREATE)
#define traceQUEUE_CREATE_FAILED(...)                TRACED(traceQUEUE_CREATE_FAILED)
#define traceCREATE_MUTEX(...)                       TRACED(traceCREATE_MUTEX)
#define traceCREATE_MUTEX_FAILED(...)                TRACED(traceCREATE_MUTEX_FAILED)
#define traceGIVE_MUTEX_RECURSIVE(...)               TRACED(traceGIVE_MUTEX_RECURSIVE)
#define traceGIVE_MUTEX_RECURSIVE_FAILED(...)        TRACED(traceGIVE_MUTEX_RECURSIVE_FAILED)
#define traceTAKE_MUTEX_RECURSIVE(...)               TRACED(traceTAKE_MUTEX_RECURSIVE)
#define traceTAKE_MUTEX_RECURSIVE_FAILED(...)        TRACED(traceTAKE_MUTEX_RECURSIVE_FAILED)
#define traceCREATE_COUNTING_SEMAPHORE(...)          TRACED(traceCREATE_COUNTING_SEMAPHORE)
#define traceCREATE_COUNTING_SEMAPHORE_FAILED(...)   TRACED(traceCREATE_COUNTING_SEMAPHORE_FAILED)
#define traceQUEUE_SEND(...)                         TRACED(traceQUEUE_SEND)
#define traceQUEUE_SEND_FAILED(...)                  TRACED(traceQUEUE_SEND_FAILED)
#define traceQUEUE_RECEIVE(...)                      TRACED(traceQUEUE_RECEIVE)
#define traceQUEUE_PEEK(...)                         TRACED(traceQUEUE_PEEK)
#define traceQUEUE_PEEK_FAILED(...)                  TRACED(traceQUEUE_PEEK_FAILED)
#define traceQUEUE_PEEK_FROM_ISR(...)                TRACED(traceQUEUE_PEEK_FROM_ISR)
#define traceQUEUE_RECEIVE_FAILED(...)               TRACED(traceQUEUE_RECEIVE_FAILED)
#define traceQUEUE_SEND_FROM_ISR(...)                TRACED(traceQUEUE_SEND_FROM_ISR)
#define traceQUEUE_SEND_FROM_ISR_FAILED(...)         TRACED(traceQUEUE_SEND_FROM_ISR_FAILED)
#define traceQUEUE_RECEIVE_FROM_ISR(...)             TRACED(traceQUEUE_RECEIVE_FROM_ISR)
#define traceQUEUE_RECEIVE_FROM_ISR_FAILED(...)      TRACED(traceQUEUE_RECEIVE_FROM_ISR_FAILED)
#define traceQUEUE_PEEK_FROM_ISR_FAILED(...)         TRACED(traceQUEUE_PEEK_FROM_ISR_FAILED)
#define traceQUEUE_DELETE(...)                       TRACED(traceQUEUE_DELETE)
#define traceTASK_CREATE(...)                        TRACED(traceTASK_CREATE)
#define traceTASK_CREATE_FAILED(...)                 TRACED(traceTASK_CREATE_FAILED)
#define traceTASK_DELETE(...)                        TRACED(traceTASK_DELETE)
#define traceTASK_DELAY_UNTIL(...)                   TRACED(traceTASK_DELAY_UNTIL)
#define traceTASK_DELAY(...)                         TRACED(traceTASK_DELAY)
#define traceTASK_PRIORITY_SET(...)                  TRACED(traceTASK_PRIORITY_SET)
#define traceTASK_SUSPEND(...)                       TRACED(traceTASK_SUSPEND)
#define traceTASK_RESUME(...)                        TRACED(traceTASK_RESUME)
#define traceTASK_RESUME_FROM_ISR(...)               TRACED(traceTASK_RESUME_FROM_ISR)
#define traceTASK_INCREMENT_TICK(...)                TRACED(traceTASK_INCREMENT_TICK)
#define traceTIMER_CREATE(...)                       TRACED(traceTIMER_CREATE)
#define traceTIMER_CREATE_FAILED(...)                TRACED(traceTIMER_CREATE_FAILED)
#define traceTIMER_COMMAND_SEND(...)                 TRACED(traceTIMER_COMMAND_SEND)
#define traceTIMER_EXPIRED(...)                      TRACED(traceTIMER_EXPIRED)
#define traceTIMER_COMMAND_RECEIVED(...)             TRACED(traceTIMER_COMMAND_RECEIVED)
#define traceMALLOC(...)                             TRACED(traceMALLOC)
#define traceFREE(...)                               TRACED(traceFREE)
#define traceEVENT_GROUP_CREATE(...)                 TRACED(traceEVENT_GROUP_CREATE)
#define traceEVENT_GROUP_CREATE_FAILED(...)          TRACED(traceEVENT_GROUP_CREATE_FAILED)
#define traceEVENT_GROUP_SYNC_BLOCK(...)             TRACED(traceEVENT_GROUP_SYNC_BLOCK)
#define traceEVENT_GROUP_SYNC_END(...)               TRACED(traceEVENT_GROUP_SYNC_END)
#define traceEVENT_GROUP_WAIT_BITS_BLOCK(...)        TRACED(traceEVENT_GROUP_WAIT_BITS_BLOCK)
#define traceEVENT_GROUP_WAIT_BITS_END(...)          TRACED(traceEVENT_GROUP_WAIT_BITS_END)
#define traceEVENT_GROUP_CLEAR_BITS(...)             TRACED(traceEVENT_GROUP_CLEAR_BITS)
#define traceEVENT_GROUP_CLEAR_BITS_FROM_ISR(...)    TRACED(traceEVENT_GROUP_CLEAR_BITS_FROM_ISR)
#define traceEVENT_GROUP_SET_BITS(...)               TRACED(traceEVENT_GROUP_SET_BITS)
#define traceEVENT_GROUP_SET_BITS_FROM_ISR(...)      TRACED(traceEVENT_GROUP_SET_BITS_FROM_ISR)
#define traceEVENT_GROUP_DELETE(...)                 TRACED(traceEVENT_GROUP_DELETE)
#define tracePEND_FUNC_CALL(...)                     TRACED(tracePEND_FUNC_CALL)
#define tracePEND_FUNC_CALL_FROM_ISR(...)            TRACED(tracePEND_FUNC_CALL_FROM_ISR)
#define traceQUEUE_REGISTRY_ADD(...)                 TRACED(traceQUEUE_REGISTRY_ADD)
#define traceTASK_NOTIFY_TAKE_BLOCK(...)             TRACED(traceTASK_NOTIFY_TAKE_BLOCK)
#define traceTASK_NOTIFY_TAKE(...)                   TRACED(traceTASK_NOTIFY_TAKE)
#define traceTASK_NOTIFY_WAIT_BLOCK(...)             TRACED(traceTASK_NOTIFY_WAIT_BLOCK)
#define traceTASK_NOTIFY_WAIT(...)                   TRACED(traceTASK_NOTIFY_WAIT)
#define traceTASK_NOTIFY(...)                        TRACED(traceTASK_NOTIFY)
#define traceTASK_NOTIFY_FROM_ISR(...)               TRACED(traceTASK_NOTIFY_FROM_ISR)
#define traceTASK_NOTIFY_GIVE_FROM_ISR(...)          TRACED(traceTASK_NOTIFY_GIVE_FROM_ISR)
#define traceISR_EXIT_TO_SCHEDULER(...)              TRACED(traceISR_EXIT_TO_SCHEDULER)
#define traceISR_EXIT(...)                           TRACED(traceISR_EXIT)
#define traceISR_ENTER(...)                          TRACED(traceISR_ENTER)
#define traceSTREAM_BUFFER_CREATE_FAILED(...)        TRACED(traceSTREAM_BUFFER_CREATE_FAILED)
#define traceSTREAM_BUFFER_CREATE_STATIC_FAILED(...) TRACED(traceSTREAM_BUFFER_CREATE_STATIC_FAILED)
#define traceSTREAM_BUFFER_CREATE(...)               TRACED(traceSTREAM_BUFFER_CREATE)
#define traceSTREAM_BUFFER_DELETE(...)               TRACED(traceSTREAM_BUFFER_DELETE)
#define traceSTREAM_BUFFER_RESET(...)                TRACED(traceSTREAM_BUFFER_RESET)
#define traceSTREAM_BUFFER_RESET_FROM_ISR(...)       TRACED(traceSTREAM_BUFFER_RESET_FROM_ISR)
#define traceBLOCKING_ON_STREAM_BUFFER_SEND(...)     TRACED(traceBLOCKING_ON_STREAM_BUFFER_SEND)
#define traceSTREAM_BUFFER_SEND(...)                 TRACED(traceSTREAM_BUFFER_SEND)
#define traceSTREAM_BUFFER_SEND_FAILED(...)          TRACED(traceSTREAM_BUFFER_SEND_FAILED)
#define traceSTREAM_BUFFER_SEND_FROM_ISR(...)        TRACED(traceSTREAM_BUFFER_SEND_FROM_ISR)
#define traceBLOCKING_ON_STREAM_BUFFER_RECEIVE(...)  TRACED(traceBLOCKING_ON_STREAM_BUFFER_RECEIVE)
#define traceSTREAM_BUFFER_RECEIVE(...)              TRACED(traceSTREAM_BUFFER_RECEIVE)
#define traceSTREAM_BUFFER_RECEIVE_FAILED(...)       TRACED(traceSTREAM_BUFFER_RECEIVE_FAILED)
#define traceSTREAM_BUFFER_RECEIVE_FROM_ISR(...)     TRACED(traceSTREAM_BUFFER_RECEIVE_FROM_ISR)
#define traceQUEUE_SET_SEND(...)                     TRACED(traceQUEUE_SET_SEND)
