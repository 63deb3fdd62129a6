/* SPDX-License-Identifier: MIT */
/* Looking at the engine, and saying how it is to be: see tcp_script_play.h. */
#include "tcp_script_play.h"

#include "tcp_script_words.h"

static uint32_t host_count(const struct script *script, enum script_counter counter)
{
    const struct tcpip_tcp_counters *counters = &script->host.counters;

    switch (counter) {
    case SCRIPT_CONNECTIONS:
        return script->host.connections;
    case SCRIPT_HALF_OPEN:
        return script->listener.half_open;
    case SCRIPT_WAITING:
        return script->listener.waiting;
    case SCRIPT_TIME_WAITS:
        return script->host.time_waits;
    case SCRIPT_RETRANSMITTED:
        return counters->retransmitted;
    case SCRIPT_FAST:
        return counters->fast_retransmitted;
    case SCRIPT_CHALLENGES:
        return counters->challenges;
    case SCRIPT_DROPPED_OLD:
        return script->refused[TCPIP_TCP_REFUSED_SEQUENCE];
    default:
        return script->refused[TCPIP_TCP_REFUSED_LIMIT];
    }
}

static uint32_t duplicates_of(const struct tcpip_tcp_connection *connection)
{
#if ipconfigUSE_TCP_STATISTICS
    struct tcpip_tcp_statistics statistics;

    tcpip_tcp_statistics_of(connection, &statistics);
    return statistics.traffic.duplicate_acks;
#else
    return 0;
#endif
}

static uint32_t connection_count(const struct tcpip_tcp_connection *connection,
                                 enum script_counter counter)
{
    switch (counter) {
    case SCRIPT_CWND:
        return connection->congestion.window;
    case SCRIPT_SSTHRESH:
        return connection->congestion.threshold;
    case SCRIPT_RTO:
        return connection->rtt.timeout;
    case SCRIPT_SRTT:
        return connection->rtt.smoothed8 / 8;
    case SCRIPT_SEND_MSS:
        return connection->mss;
    case SCRIPT_PEER_WINDOW:
        return connection->window;
    case SCRIPT_RECEIVED:
        return tcpip_ring_count(&connection->receive);
    case SCRIPT_QUEUED:
        return tcpip_ring_count(&connection->send);
    default:
        return duplicates_of(connection);
    }
}

static bool look_at_count(struct play *play)
{
    enum script_counter counter = play_value(play->step, SCRIPT_WORD, 0);

    if (counter >= SCRIPT_CONNECTIONS && counter != SCRIPT_DUPLICATES)
        return play_result(play, host_count(&play->script, counter));
    return play_has_connection(play) &&
           play_result(play, connection_count(play->script.connection, counter));
}

static bool look_at_state(struct play *play)
{
    const struct tcpip_tcp_connection *connection = play->script.connection;
    enum tcpip_tcp_state state = connection != NULL ? connection->state : play_state(play);

    return state == play_value(play->step, SCRIPT_WORD, 0) ||
           play_failed(play, "%s", tcpip_tcp_state_name(state));
}

static bool look_at_error(struct play *play)
{
    const struct script_word *words = script_grammars[SCRIPT_ERROR].words;
    const struct tcpip_tcp_connection *connection = play->script.connection;

    return play_has_connection(play) &&
           (connection->error == play_value(play->step, SCRIPT_WORD, 0) ||
            play_failed(play, "%s", script_text_of(words, connection->error)));
}

/* What has happened since the last look. */
static bool look_at_events(struct play *play)
{
    uint32_t wanted = 0, got = play->script.events;

    for (unsigned i = 0; i < play->step->count; i++)
        wanted |= play->step->operands[i].value;
    play->script.events = 0;
    return got == wanted || play_failed(play, "the events with the bits %#x", (unsigned)got);
}

bool play_look(struct play *play)
{
    switch (play->step->verb) {
    case SCRIPT_STATE:
        return look_at_state(play);
    case SCRIPT_ERROR:
        return look_at_error(play);
    case SCRIPT_EVENTS:
        return look_at_events(play);
    default:
        return look_at_count(play);
    }
}

/* --- how the engine is to be ---------------------------------------------------------------------- */

bool script_is_possible(const struct script_file *file)
{
    uint32_t has = (ipconfigUSE_TCP_WINDOW_SCALING ? SCRIPT_SCALING : 0) |
                   (ipconfigUSE_TCP_TIMESTAMPS ? SCRIPT_TIMESTAMPS : 0) |
                   (ipconfigUSE_TCP_SACK ? SCRIPT_SACKS : 0) |
                   (ipconfigUSE_TCP_STATISTICS ? SCRIPT_STATISTICS : 0);

    for (unsigned i = 0; i < file->count; i++)
        for (unsigned k = 0; file->steps[i].verb == SCRIPT_NEEDS && k < file->steps[i].count; k++)
            if ((has & file->steps[i].operands[k].value) == 0)
                return false;
    return true;
}

bool play_set(struct play *play)
{
    struct tcpip_tcp_config *config = &play->config;
    uint32_t number = play->step->operands[1].value;
    uint32_t *const wide[] = {
        [SCRIPT_RTO_INITIAL] = &config->rto_initial,
        [SCRIPT_RTO_MINIMUM] = &config->rto_minimum,
        [SCRIPT_RTO_MAXIMUM] = &config->rto_maximum,
        [SCRIPT_PERSIST_MAXIMUM] = &config->persist_maximum,
        [SCRIPT_DELAYED_ACK] = &config->delayed_ack,
        [SCRIPT_TIME_WAIT] = &config->time_wait,
        [SCRIPT_FIN_WAIT] = &config->fin_wait,
    };
    enum script_setting setting = play->step->operands[0].value;

    if (setting <= SCRIPT_FIN_WAIT)
        *wide[setting] = number;
    else if (setting == SCRIPT_CONNECTIONS_MAX)
        config->connections_max = (uint16_t)number;
    else if (setting == SCRIPT_TIME_WAIT_MAX)
        config->time_wait_max = (uint16_t)number;
    else if (setting == SCRIPT_SYN_RETRIES)
        config->syn_retries = (uint8_t)number;
    else if (setting == SCRIPT_DATA_RETRIES)
        config->data_retries = (uint8_t)number;
    else if (setting == SCRIPT_MINIMUM_MSS)
        config->minimum_mss = (uint16_t)number;
    else
        config->challenge_limit = (uint8_t)number;
    return true;
}
