/* SPDX-License-Identifier: MIT */
/*
 * Selective acknowledgements (RFC 2018), and recovery by them (RFC 6675).
 *
 * `peer_has` is RFC 6675's scoreboard: the ranges in flight that the peer has reported. It holds a
 * fixed number of them (CVE-2019-11477 and its like grew theirs by one segment each); what finds
 * no place is sent once more. Between ranges are holes; all bytes of a hole have the same bytes and
 * ranges above them, so that the questions of section 4 are answered hole by hole, in at most
 * TCPIP_RANGES + 1 steps.
 */
#include "tcp/internal.h"

#if ipconfigUSE_TCP_SACK

#define DUPLICATE_THRESHOLD 3

/* --- the receiver's side ------------------------------------------------------------------------- */

/* Section 4 of RFC 2018: the newest first. One place in the list per range. */
void tcpip_tcp_sack_note(struct tcpip_tcp_connection *connection, uint32_t sequence)
{
    const struct tcpip_ranges *early = &connection->reassembly.early;
    const struct tcpip_range *range = tcpip_ranges_find(early, sequence);
    uint32_t *latest = connection->sack.latest;
    unsigned at = 0;

    if (range == NULL)
        return;
    while (at < TCPIP_TCP_SACK_BLOCKS_MAX - 1 && tcpip_ranges_find(early, latest[at]) != range)
        at++;
    for (; at > 0; at--)
        latest[at] = latest[at - 1];
    latest[0] = sequence;
}

static bool has_block(const struct tcpip_tcp_options *options, uint32_t left)
{
    for (unsigned i = 0; i < options->sack_count; i++)
        if (options->sack[i].left == left)
            return true;
    return false;
}

void tcpip_tcp_sack_put(const struct tcpip_tcp_connection *connection,
                        struct tcpip_tcp_options *options, unsigned most)
{
    const struct tcpip_ranges *early = &connection->reassembly.early;

    for (unsigned i = 0; i < TCPIP_TCP_SACK_BLOCKS_MAX && options->sack_count < most; i++) {
        const struct tcpip_range *range = tcpip_ranges_find(early, connection->sack.latest[i]);
        if (range != NULL && !has_block(options, range->start))
            options->sack[options->sack_count++] = (struct tcpip_tcp_block){range->start,
                                                                            range->end};
    }
}

/* --- the scoreboard -------------------------------------------------------------------------------- */

/* Update() of RFC 6675 section 4. True: the peer reports something that it had not reported. */
bool tcpip_tcp_sack_learn(struct tcpip_tcp_connection *connection,
                          const struct tcpip_tcp_options *options)
{
    struct tcpip_ranges *has = &connection->sack.peer_has;
    bool news = false;

    for (unsigned i = 0; i < options->sack_count; i++) {
        const struct tcpip_tcp_block *block = &options->sack[i];
        if (!tcpip_sequence_after(block->left, connection->unacknowledged) ||
            !tcpip_sequence_after(block->right, block->left) ||
            tcpip_sequence_after(block->right, connection->highest))
            continue; /* of old data (RFC 2883), or nonsense */
        const struct tcpip_range *known = tcpip_ranges_find(has, block->left);
        if (known != NULL && tcpip_sequence_at_least(known->end, block->right))
            continue;
        if (tcpip_ranges_add(has, block->left, block->right))
            news = true;
    }
    return news;
}

/* What is acknowledged need not be remembered. */
void tcpip_tcp_sack_acknowledged(struct tcpip_tcp_connection *connection)
{
    (void)tcpip_ranges_join(&connection->sack.peer_has, 0, connection->unacknowledged);
}

/* RFC 2018 section 8: after a time-out the peer may have thrown it away. */
void tcpip_tcp_sack_forget(struct tcpip_tcp_connection *connection)
{
    connection->sack.peer_has.count = 0;
}

/* A hole, and what lies above it. */
struct hole {
    uint32_t start, end;
    bool lost; /* IsLost() */
    bool last; /* nothing above it was reported */
};

struct walk {
    const struct tcpip_tcp_connection *connection;
    unsigned next;
    uint32_t above; /* bytes reported above */
};

static struct walk walk_from_start(const struct tcpip_tcp_connection *connection)
{
    const struct tcpip_ranges *has = &connection->sack.peer_has;
    struct walk walk = {connection, 0, 0};

    for (unsigned i = 0; i < has->count; i++)
        walk.above += has->range[i].end - has->range[i].start;
    return walk;
}

static bool next_hole(struct walk *walk, struct hole *hole)
{
    const struct tcpip_tcp_connection *connection = walk->connection;
    const struct tcpip_ranges *has = &connection->sack.peer_has;
    unsigned at = walk->next++;

    if (at > has->count)
        return false;
    if (at > 0)
        walk->above -= has->range[at - 1].end - has->range[at - 1].start;
    hole->start = at > 0 ? has->range[at - 1].end : connection->unacknowledged;
    hole->last = at == has->count;
    hole->end = hole->last ? connection->highest : has->range[at].start;
    hole->lost = has->count - at >= DUPLICATE_THRESHOLD ||
                 walk->above > (DUPLICATE_THRESHOLD - 1u) * connection->mss;
    return true;
}

bool tcpip_tcp_sack_first_is_lost(const struct tcpip_tcp_connection *connection)
{
    struct walk walk = walk_from_start(connection);
    struct hole hole;

    return next_hole(&walk, &hole) && hole.lost;
}

/* SetPipe(): what is on its way, as far as can be known. */
static uint32_t pipe_of(const struct tcpip_tcp_connection *connection)
{
    uint32_t repeated = connection->sack.high_retransmitted, pipe = 0;
    struct walk walk = walk_from_start(connection);
    struct hole hole;

    while (next_hole(&walk, &hole)) {
        if (!hole.lost)
            pipe += hole.end - hole.start;
        if (tcpip_sequence_after(repeated, hole.start))
            pipe += tcpip_sequence_min(repeated, hole.end) - hole.start;
    }
    return pipe;
}

/* --- recovery --------------------------------------------------------------------------------------- */

static bool recovering(const struct tcpip_tcp_connection *connection)
{
    return connection->recovering && TCPIP_TCP_AGREED(connection, SACK);
}

static void repeat(struct tcpip_tcp_connection *connection, uint32_t start, uint32_t end)
{
    uint32_t until = tcpip_tcp_send_again(connection, start, end);

    connection->sack.high_retransmitted = tcpip_sequence_max(connection->sack.high_retransmitted,
                                                             until);
}

/* Section 5, steps 4.1 to 4.3. */
void tcpip_tcp_sack_recover(struct tcpip_tcp_connection *connection)
{
    struct walk walk = walk_from_start(connection);
    struct hole hole;

    connection->sack.high_retransmitted = connection->unacknowledged;
    if (next_hole(&walk, &hole))
        repeat(connection, hole.start, hole.end);
    connection->sack.rescue = connection->sack.high_retransmitted;
}

uint32_t tcpip_tcp_sack_room(const struct tcpip_tcp_connection *connection)
{
    uint32_t window = connection->congestion.window, pipe = pipe_of(connection);

    return window >= pipe + connection->mss ? window - pipe : 0;
}

/* NextSeg() rule 1, and 3 with `lost_only` false: the first hole, or part of one, that was not yet
 * repeated and lies below something that arrived. */
static bool repeat_hole(struct tcpip_tcp_connection *connection, bool lost_only)
{
    struct walk walk = walk_from_start(connection);
    struct hole hole;

    while (next_hole(&walk, &hole) && !hole.last && (hole.lost || !lost_only)) {
        uint32_t start = tcpip_sequence_max(hole.start, connection->sack.high_retransmitted);
        if (tcpip_sequence_before(start, hole.end)) {
            repeat(connection, start, hole.end);
            return true;
        }
    }
    return false;
}

bool tcpip_tcp_sack_repeat(struct tcpip_tcp_connection *connection)
{
    return recovering(connection) && tcpip_tcp_sack_room(connection) > 0 &&
           repeat_hole(connection, true);
}

/* Rule 4: once per recovery the end of what is in flight goes again, in case it was lost, which
 * nothing above it can show. */
static void rescue(struct tcpip_tcp_connection *connection)
{
    struct walk walk = walk_from_start(connection);
    struct hole hole, end = {0};

    if (!tcpip_sequence_after(connection->unacknowledged, connection->sack.rescue))
        return;
    while (next_hole(&walk, &hole))
        if (hole.start != hole.end)
            end = hole;
    if (end.end - end.start > connection->mss)
        end.start = end.end - connection->mss;
    (void)tcpip_tcp_send_again(connection, end.start, end.end);
    connection->sack.rescue = connection->congestion.recover;
}

/* Rules 3 and 4, when neither rule 1 nor new data had anything to send. */
void tcpip_tcp_sack_repeat_more(struct tcpip_tcp_connection *connection)
{
    while (recovering(connection) && tcpip_tcp_sack_room(connection) > 0)
        if (!repeat_hole(connection, false)) {
            rescue(connection);
            return;
        }
}

/* After a time-out all is sent again but what was reported since: moves `next` behind a range that
 * it is in. Returns how far it is to the next one, at most `length`. */
uint32_t tcpip_tcp_sack_skip(struct tcpip_tcp_connection *connection, uint32_t length)
{
    const struct tcpip_ranges *has = &connection->sack.peer_has;
    const struct tcpip_range *range = tcpip_ranges_find(has, connection->next);

    if (range != NULL)
        connection->next = range->end;
    for (unsigned i = has->count; i > 0; i--)
        if (tcpip_sequence_before(connection->next, has->range[i - 1].start) &&
            has->range[i - 1].start - connection->next < length)
            length = has->range[i - 1].start - connection->next;
    return length;
}

#endif
