/* SPDX-License-Identifier: MIT */
/*
 * A packet script in a file: text that is parsed into steps. One step a line, `#` begins a comment.
 *
 *     needs timestamps            skipped unless the engine was built with this option
 *     connect                     a call of the application
 *     > S seq 0 mss 1460          this segment leaves, at once
 *     +50 < SA seq 0 ack 1 win 8000 mss 1000      50 ms later that one arrives
 *     > A seq 1 ack 1
 *     +0..500 > A seq 1 ack 1 len 10              leaves within 500 ms
 *     +1000 quiet                 for a second nothing leaves
 *     read = 0                    a call with its result
 *     state ESTABLISHED
 *
 * In front of a step may stand a time in ms after the step before: `+N`, or for a segment that
 * leaves `+N..M`. Without one it is now. Nothing may leave that is not expected. Sequence numbers
 * begin at 0 on both sides, payload is a fixed pattern. What is not mentioned of a segment that
 * leaves is not looked at, but for its length, which is then 0. README.md in scripts/ lists the steps.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum script_verb {
    SCRIPT_NEEDS,
    SCRIPT_SET,
    SCRIPT_BUFFERS,
    SCRIPT_ROUTE_MSS,
    SCRIPT_ARRIVES,
    SCRIPT_LEAVES,
    SCRIPT_QUIET,
    SCRIPT_PASS,
    SCRIPT_FORGET,
    SCRIPT_REACH,
    SCRIPT_CONNECT,
    SCRIPT_LISTEN,
    SCRIPT_UNLISTEN,
    SCRIPT_ACCEPT,
    SCRIPT_WRITE,
    SCRIPT_READ,
    SCRIPT_SHUTDOWN,
    SCRIPT_CLOSE,
    SCRIPT_ABORT,
    SCRIPT_OPTION,
    SCRIPT_KEEP_ALIVE,
    SCRIPT_USER_TIMEOUT,
    SCRIPT_MARKS,
    SCRIPT_PEER,
    SCRIPT_UNREACHABLE,
    SCRIPT_TOO_BIG,
    SCRIPT_ADDRESS_LOST,
    SCRIPT_FAIL,
    SCRIPT_STATE,
    SCRIPT_ERROR,
    SCRIPT_EVENTS,
    SCRIPT_COUNT,
    SCRIPT_VERBS,
};

enum script_operand_kind {
    SCRIPT_FLAGS,
    SCRIPT_PUSH, /* PSH was named: it must be there */
    SCRIPT_SEQ,
    SCRIPT_ACK,
    SCRIPT_LEN,
    SCRIPT_WIN,
    SCRIPT_URG,
    SCRIPT_OTHER,
    SCRIPT_PLAIN, /* no options but those that are mentioned */
    SCRIPT_MSS,
    SCRIPT_WS,
    SCRIPT_SACKOK,
    SCRIPT_TS,
    SCRIPT_SACK,
    SCRIPT_NUMBER,
    SCRIPT_WORD,
    SCRIPT_RESULT,
};

/* Two numbers where the kind has two: value and echo of a time stamp, the edges of a block. */
struct script_operand {
    enum script_operand_kind kind;
    uint32_t value, second;
};

enum { SCRIPT_OPERANDS = 16, SCRIPT_STEPS = 160, SCRIPT_MESSAGE = 600 };

struct script_step {
    enum script_verb verb;
    unsigned line;
    uint32_t from, until; /* ms after the step before */
    unsigned count;
    struct script_operand operands[SCRIPT_OPERANDS];
};

struct script_file {
    const char *name; /* for messages */
    unsigned count;
    struct script_step steps[SCRIPT_STEPS];
};

/* What the words of SCRIPT_COUNT stand for. */
enum script_counter {
    SCRIPT_CWND,
    SCRIPT_SSTHRESH,
    SCRIPT_RTO,
    SCRIPT_SRTT,
    SCRIPT_SEND_MSS,
    SCRIPT_PEER_WINDOW,
    SCRIPT_RECEIVED,
    SCRIPT_QUEUED,
    SCRIPT_CONNECTIONS,
    SCRIPT_HALF_OPEN,
    SCRIPT_WAITING,
    SCRIPT_TIME_WAITS,
    SCRIPT_RETRANSMITTED,
    SCRIPT_FAST,
    SCRIPT_CHALLENGES,
    SCRIPT_DROPPED_OLD,
    SCRIPT_DROPPED_BACKLOG,
    SCRIPT_DUPLICATES,
};

/* Of SCRIPT_NEEDS. */
enum { SCRIPT_SCALING = 1, SCRIPT_TIMESTAMPS = 2, SCRIPT_SACKS = 4, SCRIPT_STATISTICS = 8 };

/* Of SCRIPT_SET. */
enum script_setting {
    SCRIPT_RTO_INITIAL,
    SCRIPT_RTO_MINIMUM,
    SCRIPT_RTO_MAXIMUM,
    SCRIPT_PERSIST_MAXIMUM,
    SCRIPT_DELAYED_ACK,
    SCRIPT_TIME_WAIT,
    SCRIPT_FIN_WAIT,
    SCRIPT_CONNECTIONS_MAX,
    SCRIPT_TIME_WAIT_MAX,
    SCRIPT_SYN_RETRIES,
    SCRIPT_DATA_RETRIES,
    SCRIPT_MINIMUM_MSS,
    SCRIPT_CHALLENGE_LIMIT,
};

/* Parses a whole script. False: `message` says where and why, "NAME:LINE: …". */
bool script_parse(struct script_file *file, const char *name, const char *text,
                  char message[SCRIPT_MESSAGE]);

/* Writes a step as it would stand in a file. */
void script_print_step(const struct script_step *step, char *text, size_t size);

/* True for steps that can be wrong about the engine: what leaves, results, states. */
bool script_step_expects(const struct script_step *step);
