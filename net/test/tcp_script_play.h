/* SPDX-License-Identifier: MIT */
/* What the files that play a script owe each other. */
#pragma once

#include "tcp_script_run.h"

struct play {
    struct script script;
    struct tcpip_tcp_config config;
    const struct script_file *file;
    const struct script_step *step;
    struct script_outcome *outcome;
    uint16_t window; /* that the peer last advertised */
    uint32_t clock;  /* TSval of the first time stamp that the engine sent */
    bool clock_known;
    struct tcpip_keep_alive keep_alive;
};

/* Notes what came instead of what the step expects; returns false. */
bool play_failed(struct play *play, const char *format, ...);

/* Whether a call's result is what the step expects, if it expects one; whether there is a
 * connection to call. */
bool play_result(struct play *play, uint32_t got);
bool play_has_connection(struct play *play);

/* The operand of a kind, or NULL; `nth` for blocks. And its value, or `other` if there is none. */
const struct script_operand *play_operand(const struct script_step *step,
                                          enum script_operand_kind kind, unsigned nth);
uint32_t play_value(const struct script_step *step, enum script_operand_kind kind, uint32_t other);

/* tcp_script_event.c: notes that the connection, in its state, met an event. */
enum tcpip_tcp_state play_state(const struct play *play);
void play_meet(struct play *play, enum script_event event);
void play_meet_segment(struct play *play, const struct script_segment *segment);

/* tcp_script_call.c: steps that are no segments. False: the step failed. */
bool play_call(struct play *play);

/* tcp_script_look.c: steps that look, and those that say how the engine is to be. */
bool play_look(struct play *play);
bool play_set(struct play *play);
