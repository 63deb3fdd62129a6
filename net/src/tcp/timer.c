/* SPDX-License-Identifier: MIT */
/*
 * Timers. Each connection has one time per timer and one place in the heap, at the earliest of
 * them. Arming later than before leaves the heap alone: the entry then fires early, finds
 * nothing due and moves, so that restarting a timer with every segment costs nothing.
 */
#include "tcp/internal.h"

void tcpip_tcp_arm(struct tcpip_tcp_connection *connection, enum tcpip_tcp_timer timer,
                   uint32_t delay)
{
    struct tcpip_tcp_host *host = connection->host;
    struct tcpip_deadline *deadline = &connection->timer.deadline;
    uint32_t when = host->now + delay;

    connection->timers[timer] = when;
    connection->armed = (uint8_t)(connection->armed | 1u << timer);
    if (deadline->owner == NULL || tcpip_sequence_before(when, deadline->when))
        tcpip_deadline_set(host->environment->timers, deadline, when);
}

void tcpip_tcp_disarm_all(struct tcpip_tcp_connection *connection)
{
    connection->armed = 0;
    tcpip_deadline_clear(&connection->timer.deadline);
}

/* The owner may ask for it, and for other times, at any moment. */
void tcpip_tcp_keep_alive_arm(struct tcpip_tcp_connection *connection)
{
    uint32_t due_at = connection->last_heard + connection->keep_alive->idle; /* perhaps over */

    if (!tcpip_tcp_has_option(connection, TCPIP_TCP_KEEP_ALIVE))
        return;
    if (tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_KEEP_ALIVE) &&
        (connection->unanswered > 0 ||
         tcpip_sequence_at_most(connection->timers[TCPIP_TCP_TIMER_KEEP_ALIVE], due_at)))
        return;
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_KEEP_ALIVE, due_at - connection->host->now);
}

static void keep_alive_due(struct tcpip_tcp_connection *connection)
{
    const struct tcpip_keep_alive *keep_alive = connection->keep_alive;
    uint32_t idle = connection->host->now - connection->last_heard;

    if (!tcpip_tcp_has_option(connection, TCPIP_TCP_KEEP_ALIVE) ||
        connection->state == TCPIP_TCP_TIME_WAIT)
        return;
    if (idle < keep_alive->idle) {
        connection->unanswered = 0;
        tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_KEEP_ALIVE, keep_alive->idle - idle);
        return;
    }
    if (connection->unanswered >= keep_alive->probes) {
        tcpip_tcp_send_reset(connection);
        tcpip_tcp_fail(connection, TCPIP_TCP_TIMED_OUT);
        return;
    }
    connection->unanswered++;
    tcpip_tcp_send_keep_alive(connection);
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_KEEP_ALIVE, keep_alive->interval);
}

static void delayed_ack_due(struct tcpip_tcp_connection *connection)
{
    connection->ack_now = true;
    tcpip_tcp_output(connection);
}

#if ipconfigUSE_TCP_TIMESTAMPS
static void timestamps_due(struct tcpip_tcp_connection *connection)
{
    connection->timestamps.recent_counts = false;
}
#endif

static void (*const due[TCPIP_TCP_TIMERS])(struct tcpip_tcp_connection *connection) = {
    [TCPIP_TCP_TIMER_RETRANSMIT] = tcpip_tcp_retransmit_due,
    [TCPIP_TCP_TIMER_PERSIST] = tcpip_tcp_persist_due,
    [TCPIP_TCP_TIMER_DELAYED_ACK] = delayed_ack_due,
    [TCPIP_TCP_TIMER_KEEP_ALIVE] = keep_alive_due,
    [TCPIP_TCP_TIMER_LIFETIME] = tcpip_tcp_to_closed,
#if ipconfigUSE_TCP_TIMESTAMPS
    [TCPIP_TCP_TIMER_TIMESTAMPS] = timestamps_due,
#endif
};

/* What is not due takes its place in the heap again; what is, arms itself and others anew. */
void tcpip_tcp_due(void *context)
{
    struct tcpip_tcp_connection *connection = context;
    uint32_t now = connection->host->now;

    for (unsigned timer = 0; timer < TCPIP_TCP_TIMERS; timer++) {
        uint32_t when = connection->timers[timer];

        if (!tcpip_tcp_armed(connection, timer))
            continue;
        if (tcpip_sequence_after(when, now)) {
            tcpip_tcp_arm(connection, timer, when - now);
        } else {
            tcpip_tcp_disarm(connection, timer);
            due[timer](connection);
        }
    }
    tcpip_tcp_settle(connection);
}
