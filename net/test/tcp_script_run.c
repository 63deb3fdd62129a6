/* SPDX-License-Identifier: MIT */
/* Playing a script: one function per kind of step. See tcp_script_run.h. */
#include "tcp_script_play.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tcp/sequence.h"

bool play_failed(struct play *play, const char *format, ...)
{
    struct script_outcome *outcome = play->outcome;
    char wanted[SCRIPT_MESSAGE / 2];
    va_list arguments;

    script_print_step(play->step, wanted, sizeof wanted);
    int used = snprintf(outcome->message, sizeof outcome->message,
                        "%s:%u: expected  %s\n%s:%u: got  ", play->file->name, play->step->line,
                        wanted, play->file->name, play->step->line);
    va_start(arguments, format);
    if (used > 0 && (size_t)used < sizeof outcome->message)
        (void)vsnprintf(outcome->message + used, sizeof outcome->message - (size_t)used, format,
                        arguments);
    va_end(arguments);
    return false;
}

const struct script_operand *play_operand(const struct script_step *step,
                                          enum script_operand_kind kind, unsigned nth)
{
    for (unsigned i = 0; i < step->count; i++)
        if (step->operands[i].kind == kind && nth-- == 0)
            return &step->operands[i];
    return NULL;
}

uint32_t play_value(const struct script_step *step, enum script_operand_kind kind, uint32_t other)
{
    const struct script_operand *found = play_operand(step, kind, 0);

    return found != NULL ? found->value : other;
}

bool play_result(struct play *play, uint32_t got)
{
    const struct script_operand *wanted = play_operand(play->step, SCRIPT_RESULT, 0);

    if (wanted == NULL || wanted->value == got)
        return true;
    return play_failed(play, "%u", (unsigned)got);
}

bool play_has_connection(struct play *play)
{
    return play->script.connection != NULL || play_failed(play, "no connection");
}

/* --- segments ---------------------------------------------------------------------------------------- */

static void take_options(const struct play *play, const struct script_step *step,
                         struct tcpip_tcp_options *options)
{
    const struct script_operand *found;

    if ((found = play_operand(step, SCRIPT_MSS, 0)) != NULL) {
        options->has_mss = true;
        options->mss = (uint16_t)found->value;
    }
    if ((found = play_operand(step, SCRIPT_WS, 0)) != NULL) {
        options->has_window_scale = true;
        options->window_scale = (uint8_t)found->value;
    }
    options->has_sack_permitted = play_operand(step, SCRIPT_SACKOK, 0) != NULL;
    if ((found = play_operand(step, SCRIPT_TS, 0)) != NULL) {
        options->has_timestamps = true;
        options->timestamp_value = found->value;
        options->timestamp_echo = found->second + play->clock;
    }
    while (options->sack_count < TCPIP_TCP_SACK_BLOCKS_MAX &&
           (found = play_operand(step, SCRIPT_SACK, options->sack_count)) != NULL)
        options->sack[options->sack_count++] = (struct tcpip_tcp_block){
            play->script.own_base + found->value, play->script.own_base + found->second};
}

static bool arrives(struct play *play)
{
    const struct script_step *step = play->step;
    struct script *script = &play->script;
    struct script_segment segment = {
        .flags = (uint8_t)(play_value(step, SCRIPT_FLAGS, 0) |
                           (play_operand(step, SCRIPT_PUSH, 0) != NULL ? TCPIP_TCP_PSH : 0u)),
        .sequence = play_value(step, SCRIPT_SEQ, 0),
        .acknowledgement = play_value(step, SCRIPT_ACK, 0),
        .size = play_value(step, SCRIPT_LEN, 0),
        .urgent = (uint16_t)play_value(step, SCRIPT_URG, 0),
        .other_bytes = play_operand(step, SCRIPT_OTHER, 0) != NULL,
    };

    play->window = (uint16_t)play_value(step, SCRIPT_WIN, play->window);
    segment.window = play->window;
    take_options(play, step, &segment.options);
    play_meet_segment(play, &segment);
    script_inject(script, &segment);
    const struct tcpip_tcp_connection *current = script_current(script);
    if (current != NULL && current->passive)
        script->own_base = current->initial_sequence;
    return true;
}

/* What left, as a step. */
static void describe(const struct play *play, const struct script_sent *sent,
                     struct script_step *step)
{
    const struct script *script = &play->script;
    const struct tcpip_tcp_options *options = &sent->options;
    struct script_operand all[SCRIPT_OPERANDS] = {
        {SCRIPT_FLAGS, sent->header.flags & ~(unsigned)TCPIP_TCP_PSH, 0},
        {SCRIPT_SEQ, sent->header.sequence - script->own_base, 0},
        {SCRIPT_ACK, sent->header.acknowledgement - script->peer_base, 0},
        {SCRIPT_LEN, sent->size, 0},
        {SCRIPT_WIN, sent->header.window, 0}};
    unsigned count = 5;

    if ((sent->header.flags & TCPIP_TCP_ACK) == 0)
        all[2].value = sent->header.acknowledgement;
    if ((sent->header.flags & TCPIP_TCP_PSH) != 0)
        all[count++] = (struct script_operand){SCRIPT_PUSH, 1, 0};
    if (options->has_mss)
        all[count++] = (struct script_operand){SCRIPT_MSS, options->mss, 0};
    if (options->has_window_scale)
        all[count++] = (struct script_operand){SCRIPT_WS, options->window_scale, 0};
    if (options->has_sack_permitted)
        all[count++] = (struct script_operand){SCRIPT_SACKOK, 0, 0};
    if (options->has_timestamps)
        all[count++] = (struct script_operand){SCRIPT_TS, options->timestamp_value - play->clock,
                                               options->timestamp_echo};
    for (unsigned i = 0; i < options->sack_count; i++)
        all[count++] = (struct script_operand){SCRIPT_SACK,
                                               options->sack[i].left - script->peer_base,
                                               options->sack[i].right - script->peer_base};
    if (count == 5)
        all[count++] = (struct script_operand){SCRIPT_PLAIN, 0, 0};
    *step = (struct script_step){.verb = SCRIPT_LEAVES, .count = count};
    memcpy(step->operands, all, count * sizeof all[0]);
}

static bool is_option(enum script_operand_kind kind)
{
    return kind == SCRIPT_MSS || kind == SCRIPT_WS || kind == SCRIPT_SACKOK || kind == SCRIPT_TS ||
           kind == SCRIPT_SACK;
}

/* No option is there that is not mentioned. */
static bool is_plain(const struct script_step *wanted, const struct script_step *got)
{
    for (unsigned i = 0; i < got->count; i++)
        if (is_option(got->operands[i].kind) &&
            play_operand(wanted, got->operands[i].kind, 0) == NULL)
            return false;
    return true;
}

/* Everything that is mentioned is there, with this value; and the length, mentioned or not. */
static bool agrees(const struct script_step *wanted, const struct script_step *got)
{
    unsigned blocks = 0;

    for (unsigned i = 0; i < wanted->count; i++) {
        const struct script_operand *want = &wanted->operands[i];
        if (want->kind == SCRIPT_PLAIN) {
            if (!is_plain(wanted, got))
                return false;
            continue;
        }
        const struct script_operand *have = play_operand(got, want->kind,
                                                         want->kind == SCRIPT_SACK ? blocks++ : 0);
        if (have == NULL || have->value != want->value || have->second != want->second)
            return false;
    }
    if (blocks > 0 && play_operand(got, SCRIPT_SACK, blocks) != NULL)
        return false;
    return play_value(wanted, SCRIPT_LEN, 0) == play_value(got, SCRIPT_LEN, 0);
}

/* Lets time pass; a bit is noted for a timer that is due. */
static void wait_for(struct play *play, uint32_t duration)
{
    const struct tcpip_tcp_connection *connection = script_current(&play->script);
    uint32_t end = play->script.host.now + duration;

    for (unsigned timer = 0; connection != NULL && timer < TCPIP_TCP_TIMERS; timer++)
        if ((connection->armed & 1u << timer) != 0 &&
            tcpip_sequence_at_most(connection->timers[timer], end))
            play_meet(play, SCRIPT_ON_TIMER);
    script_wait(&play->script, duration);
}

static bool surprised(struct play *play)
{
    struct script *script = &play->script;
    struct script_step got;
    char text[SCRIPT_MESSAGE / 2];

    if (script->seen == script->sent_count)
        return false;
    describe(play, &script->sent[script->seen], &got);
    script_print_step(&got, text, sizeof text);
    (void)play_failed(play, "before it %s", text);
    return true;
}

static bool leaves(struct play *play)
{
    const struct script_step *step = play->step;
    struct script *script = &play->script;
    uint32_t start = script->host.now;
    struct script_step got;
    char text[SCRIPT_MESSAGE / 2];

    wait_for(play, step->until);
    if (script->seen == script->sent_count)
        return play_failed(play, "nothing");
    const struct script_sent *sent = &script->sent[script->seen++];
    if (sent->options.has_timestamps && !play->clock_known) {
        play->clock_known = true;
        play->clock = sent->options.timestamp_value;
    }
    uint32_t after = sent->when - start;
    play->outcome->left[step - play->file->steps] = after;
    describe(play, sent, &got);
    got.from = got.until = after;
    script_print_step(&got, text, sizeof text);
    if (after < step->from || !agrees(step, &got))
        return play_failed(play, "%s", text);
    if (script->seen == script->sent_count)
        script->seen = script->sent_count = 0;
    return true;
}

static bool stays_quiet(struct play *play)
{
    wait_for(play, play->step->until);
    return !surprised(play);
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static bool play_step(struct play *play)
{
    struct script *script = &play->script;
    const struct script_operand *operands = play->step->operands;

    switch (play->step->verb) {
    case SCRIPT_NEEDS:
        return true; /* script_is_possible() was asked */
    case SCRIPT_SET:
        return play_set(play);
    case SCRIPT_BUFFERS:
        script->settings.send_size = operands[0].value;
        script->settings.receive_size = operands[1].value;
        return true;
    case SCRIPT_ROUTE_MSS:
        script->route_mss = (uint16_t)operands[0].value;
        return true;
    case SCRIPT_ARRIVES:
        return arrives(play);
    case SCRIPT_FORGET:
        forget_sent(script);
        return true;
    case SCRIPT_PASS:
        pass_time(script, play->step->until);
        return true;
    case SCRIPT_STATE:
    case SCRIPT_ERROR:
    case SCRIPT_EVENTS:
    case SCRIPT_COUNT:
        return play_look(play);
    default:
        return play_call(play);
    }
}

static bool one_step(struct play *play)
{
    enum script_verb verb = play->step->verb;

    if (verb == SCRIPT_LEAVES)
        return leaves(play);
    if (verb == SCRIPT_QUIET)
        return stays_quiet(play);
    if (verb != SCRIPT_PASS && verb != SCRIPT_FORGET) {
        wait_for(play, play->step->until);
        if (surprised(play))
            return false;
    }
    return play_step(play);
}

void script_run(const struct script_file *file, struct script_outcome *outcome)
{
    struct play play = {
        .config = tcpip_tcp_config_default, .file = file, .outcome = outcome, .window = 65535};

    *outcome = (struct script_outcome){.passed = true};
    script_init(&play.script, &play.config);
    for (unsigned i = 0; i < file->count && outcome->passed; i++) {
        play.step = &file->steps[i];
        outcome->step = i;
        outcome->passed = one_step(&play);
    }
    if (outcome->passed && surprised(&play))
        outcome->passed = false;
    script_deinit(&play.script);
}
