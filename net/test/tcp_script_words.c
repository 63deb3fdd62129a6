/* SPDX-License-Identifier: MIT */
/* The tables of tcp_script_words.h. */
#include "tcp_script_words.h"

#include <string.h>

#include "tcp/tcp.h"

static const struct script_word features[] = {
    {"scaling", SCRIPT_SCALING},
    {"timestamps", SCRIPT_TIMESTAMPS},
    {"sack", SCRIPT_SACKS},
    {"statistics", SCRIPT_STATISTICS},
    {NULL, 0},
};

static const struct script_word settings[] = {
    {"rto-initial", SCRIPT_RTO_INITIAL},
    {"rto-minimum", SCRIPT_RTO_MINIMUM},
    {"rto-maximum", SCRIPT_RTO_MAXIMUM},
    {"persist-maximum", SCRIPT_PERSIST_MAXIMUM},
    {"delayed-ack", SCRIPT_DELAYED_ACK},
    {"time-wait", SCRIPT_TIME_WAIT},
    {"fin-wait", SCRIPT_FIN_WAIT},
    {"connections-max", SCRIPT_CONNECTIONS_MAX},
    {"time-wait-max", SCRIPT_TIME_WAIT_MAX},
    {"syn-retries", SCRIPT_SYN_RETRIES},
    {"data-retries", SCRIPT_DATA_RETRIES},
    {"minimum-mss", SCRIPT_MINIMUM_MSS},
    {"challenge-limit", SCRIPT_CHALLENGE_LIMIT},
    {NULL, 0},
};

static const struct script_word states[] = {
    {"CLOSED", TCPIP_TCP_CLOSED},           {"LISTEN", TCPIP_TCP_LISTEN},
    {"SYN-SENT", TCPIP_TCP_SYN_SENT},       {"SYN-RECEIVED", TCPIP_TCP_SYN_RECEIVED},
    {"ESTABLISHED", TCPIP_TCP_ESTABLISHED}, {"FIN-WAIT-1", TCPIP_TCP_FIN_WAIT_1},
    {"FIN-WAIT-2", TCPIP_TCP_FIN_WAIT_2},   {"CLOSE-WAIT", TCPIP_TCP_CLOSE_WAIT},
    {"CLOSING", TCPIP_TCP_CLOSING},         {"LAST-ACK", TCPIP_TCP_LAST_ACK},
    {"TIME-WAIT", TCPIP_TCP_TIME_WAIT},     {NULL, 0},
};

static const struct script_word errors[] = {
    {"ok", TCPIP_TCP_OK},
    {"refused", TCPIP_TCP_REFUSED},
    {"reset", TCPIP_TCP_RESET},
    {"timed-out", TCPIP_TCP_TIMED_OUT},
    {"aborted", TCPIP_TCP_ABORTED},
    {"no-memory", TCPIP_TCP_NO_MEMORY},
    {NULL, 0},
};

static const struct script_word events[] = {
    {"none", 0},
    {"connected", TCPIP_TCP_EVENT_CONNECTED},
    {"readable", TCPIP_TCP_EVENT_READABLE},
    {"writable", TCPIP_TCP_EVENT_WRITABLE},
    {"peer-closed", TCPIP_TCP_EVENT_PEER_CLOSED},
    {"error", TCPIP_TCP_EVENT_ERROR},
    {"closed", TCPIP_TCP_EVENT_CLOSED},
    {NULL, 0},
};

static const struct script_word options[] = {
    {"none", 0},
    {"no-delay", TCPIP_TCP_NO_DELAY},
    {"no-delayed-ack", TCPIP_TCP_NO_DELAYED_ACK},
    {"keep-alive", TCPIP_TCP_KEEP_ALIVE},
    {"stop-receive", TCPIP_TCP_STOP_RECEIVE},
    {"hold-small", TCPIP_TCP_HOLD_SMALL},
    {NULL, 0},
};

static const struct script_word counters[] = {
    {"cwnd", SCRIPT_CWND},
    {"ssthresh", SCRIPT_SSTHRESH},
    {"rto", SCRIPT_RTO},
    {"srtt", SCRIPT_SRTT},
    {"mss", SCRIPT_SEND_MSS},
    {"window", SCRIPT_PEER_WINDOW},
    {"received", SCRIPT_RECEIVED},
    {"queued", SCRIPT_QUEUED},
    {"connections", SCRIPT_CONNECTIONS},
    {"half-open", SCRIPT_HALF_OPEN},
    {"waiting", SCRIPT_WAITING},
    {"time-waits", SCRIPT_TIME_WAITS},
    {"retransmitted", SCRIPT_RETRANSMITTED},
    {"fast-retransmitted", SCRIPT_FAST},
    {"challenges", SCRIPT_CHALLENGES},
    {"dropped-old", SCRIPT_DROPPED_OLD},
    {"dropped-backlog", SCRIPT_DROPPED_BACKLOG},
    {"duplicate-acks", SCRIPT_DUPLICATES},
    {NULL, 0},
};

static const struct script_word failures[] = {{"transmit", 0}, {"allocate", 1}, {NULL, 0}};

const struct script_grammar script_grammars[SCRIPT_VERBS] = {
    [SCRIPT_NEEDS] = {"needs", "*", 0, false, features},
    [SCRIPT_SET] = {"set", "wn", 0, false, settings},
    [SCRIPT_BUFFERS] = {"buffers", "nn", 0, false, NULL},
    [SCRIPT_ROUTE_MSS] = {"route-mss", "n", 0, false, NULL},
    [SCRIPT_ARRIVES] = {"<", "r", 0, false, NULL},
    [SCRIPT_LEAVES] = {">", "r", 0, true, NULL},
    [SCRIPT_QUIET] = {"quiet", "", 0, true, NULL},
    [SCRIPT_PASS] = {"pass", "", 0, false, NULL},
    [SCRIPT_FORGET] = {"forget", "", 0, false, NULL},
    [SCRIPT_REACH] = {"reach", "w", 0, false, states},
    [SCRIPT_CONNECT] = {"connect", "", '?', true, NULL},
    [SCRIPT_LISTEN] = {"listen", "n", '?', true, NULL},
    [SCRIPT_UNLISTEN] = {"unlisten", "", 0, false, NULL},
    [SCRIPT_ACCEPT] = {"accept", "", '!', true, NULL},
    [SCRIPT_WRITE] = {"write", "n", '?', true, NULL},
    [SCRIPT_READ] = {"read", "", '!', true, NULL},
    [SCRIPT_SHUTDOWN] = {"shutdown", "", 0, false, NULL},
    [SCRIPT_CLOSE] = {"close", "", 0, false, NULL},
    [SCRIPT_ABORT] = {"abort", "", 0, false, NULL},
    [SCRIPT_OPTION] = {"option", "*", 0, false, options},
    [SCRIPT_KEEP_ALIVE] = {"keep-alive", "nnn", 0, false, NULL},
    [SCRIPT_USER_TIMEOUT] = {"user-timeout", "n", 0, false, NULL},
    [SCRIPT_MARKS] = {"marks", "nn", 0, false, NULL},
    [SCRIPT_PEER] = {"peer", "n", 0, false, NULL},
    [SCRIPT_UNREACHABLE] = {"unreachable", "n", 0, false, NULL},
    [SCRIPT_TOO_BIG] = {"too-big", "nn", 0, false, NULL},
    [SCRIPT_ADDRESS_LOST] = {"address-lost", "", 0, false, NULL},
    [SCRIPT_FAIL] = {"fail", "wn", 0, false, failures},
    [SCRIPT_STATE] = {"state", "w", 0, true, states},
    [SCRIPT_ERROR] = {"error", "w", 0, true, errors},
    [SCRIPT_EVENTS] = {"events", "*", 0, true, events},
    [SCRIPT_COUNT] = {"count", "w", '!', true, counters},
};

const struct script_field script_fields[] = {
    {"seq", SCRIPT_SEQ, 1, 0},       {"ack", SCRIPT_ACK, 1, 0}, {"len", SCRIPT_LEN, 1, 0},
    {"win", SCRIPT_WIN, 1, 0},       {"urg", SCRIPT_URG, 1, 0}, {"other", SCRIPT_OTHER, 0, 0},
    {"plain", SCRIPT_PLAIN, 0, 0},   {"mss", SCRIPT_MSS, 1, 0}, {"ws", SCRIPT_WS, 1, 0},
    {"sackok", SCRIPT_SACKOK, 0, 0}, {"ts", SCRIPT_TS, 1, '/'}, {"sack", SCRIPT_SACK, 1, '-'},
};
const unsigned script_field_count = sizeof script_fields / sizeof script_fields[0];

const struct script_word *script_word_of(const struct script_word *words, const char *text)
{
    for (; words != NULL && words->text != NULL; words++)
        if (strcmp(words->text, text) == 0)
            return words;
    return NULL;
}

const char *script_text_of(const struct script_word *words, uint32_t value)
{
    for (; words != NULL && words->text != NULL; words++)
        if (words->value == value)
            return words->text;
    return "?";
}
