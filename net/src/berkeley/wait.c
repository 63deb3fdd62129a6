/* SPDX-License-Identifier: MIT */
/*
 * Waiting for several descriptors: a call that is attempted again whenever a socket has changed,
 * whatever sets the socket is in.
 */
#include "berkeley/berkeley.h"

#include "socket/socket.h"

struct poll_call {
    struct tcpip_call call;
    struct pollfd *descriptors;
    nfds_t count;
};

/* An end that is an error is told whether or not it was asked for. */
static short look(const struct pollfd *wanted)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(wanted->fd);
    short found = 0;

    if (wanted->fd < 0)
        return 0;
    if (entry == NULL)
        return POLLNVAL;
    Socket_t socket = entry->socket;
    EventBits_t ready = tcpip_socket_ready(socket);
    if ((ready & eSELECT_READ) != 0)
        found |= POLLIN;
    if ((ready & eSELECT_WRITE) != 0)
        found |= POLLOUT;
    found = (short)(found & wanted->events);
    if ((ready & eSELECT_EXCEPT) != 0)
        found = (short)(found | POLLHUP | (tcpip_bsd_connection_error(socket) != 0 ? POLLERR : 0));
    return found;
}

static int32_t attempt(void *object, struct tcpip_call *call)
{
    struct poll_call *polling = (struct poll_call *)call;
    int32_t found = 0;

    for (nfds_t i = 0; i < polling->count; i++) {
        polling->descriptors[i].revents = look(&polling->descriptors[i]);
        found += polling->descriptors[i].revents != 0;
    }
    return found > 0 ? found : -FREERTOS_EWOULDBLOCK;
}

static int wait(struct pollfd *descriptors, nfds_t count, TickType_t ticks)
{
    struct poll_call polling = {.descriptors = descriptors, .count = count};
    int32_t result = tcpip_call(&polling.call, attempt, NULL, &tcpip_pollers, ticks);

    return result > 0 ? (int)result : 0;
}

/* Rounded up, so that a wait is never shorter. */
static TickType_t ticks_of(uint64_t microseconds)
{
    uint64_t ticks = (microseconds * configTICK_RATE_HZ + 999999u) / 1000000u;

    return ticks < portMAX_DELAY ? (TickType_t)ticks : portMAX_DELAY - 1;
}

int tcpip_bsd_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    if (descriptors == NULL && count > 0)
        return -EFAULT;
    return wait(descriptors, count,
                timeout_ms < 0 ? portMAX_DELAY : ticks_of((uint64_t)timeout_ms * 1000u));
}

static bool in(int descriptor, const struct tcpip_fd_set *set)
{
    return set != NULL && tcpip_fd_is_set(descriptor, set);
}

/* What the sets ask for; -EBADF: a member is not open. */
static int gather(int count, const struct tcpip_fd_set *readable,
                  const struct tcpip_fd_set *writable, const struct tcpip_fd_set *exceptional,
                  struct pollfd *polls)
{
    int members = 0;

    for (int i = 0; i < count; i++) {
        short events = (short)((in(i, readable) ? POLLIN : 0) | (in(i, writable) ? POLLOUT : 0));

        if (events == 0 && !in(i, exceptional))
            continue;
        if (tcpip_descriptor_find(i) == NULL)
            return -EBADF;
        polls[members++] = (struct pollfd){.fd = i, .events = events};
    }
    return members;
}

/* Leaves in a set what is found; a failure counts as everything that was asked for. */
static int keep(struct tcpip_fd_set *set, const struct pollfd *polls, int members, short wanted,
                short found)
{
    struct tcpip_fd_set before;
    int count = 0;

    if (set == NULL)
        return 0;
    before = *set;
    tcpip_fd_zero(set);
    for (int i = 0; i < members; i++)
        if (tcpip_fd_is_set(polls[i].fd, &before) && (polls[i].revents & (wanted | found)) != 0) {
            tcpip_fd_put(polls[i].fd, set, true);
            count++;
        }
    return count;
}

int tcpip_bsd_select(int count, struct tcpip_fd_set *readable, struct tcpip_fd_set *writable,
                     struct tcpip_fd_set *exceptional, const struct timeval *timeout)
{
    struct pollfd polls[ipconfigBERKELEY_DESCRIPTORS];
    TickType_t ticks = portMAX_DELAY;

    if (count < 0 || count > FD_SETSIZE ||
        (timeout != NULL && (timeout->tv_sec < 0 || timeout->tv_usec < 0)))
        return -EINVAL;
    if (timeout != NULL)
        ticks = ticks_of((uint64_t)timeout->tv_sec * 1000000u + (uint64_t)timeout->tv_usec);
    int members = gather(count, readable, writable, exceptional, polls);
    if (members < 0)
        return members;
    (void)wait(polls, (nfds_t)members, ticks);
    return keep(readable, polls, members, POLLIN, POLLERR | POLLHUP) +
           keep(writable, polls, members, POLLOUT, POLLERR | POLLHUP) +
           keep(exceptional, polls, members, POLLPRI, POLLERR);
}
