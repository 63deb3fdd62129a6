/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *parse_hex(const char *at, uint32_t *value)
{
    int digit;

    for (*value = 0; (digit = hex_digit(*at)) >= 0; at++)
        *value = *value * 16 + (uint32_t)digit;
    return at;
}

/* Trace 0: 0x7f0cf00602c0 [00800400/00000178/00000110/ff020201] function */
bool log_parse_step(const char *line, uint32_t *address)
{
    const char *at;
    uint32_t unused;

    if (strncmp(line, "Trace ", 6) != 0 || (at = strchr(line, '[')) == NULL)
        return false;
    at = parse_hex(at + 1, &unused);
    if (*at != '/')
        return false;
    return *parse_hex(at + 1, address) == '/';
}

void log_parse_registers(const char *line, uint32_t *registers)
{
    while (line[0] == 'R' && line[1] >= '0' && line[1] <= '9' && line[2] >= '0' && line[2] <= '9' &&
           line[3] == '=') {
        int number = (line[1] - '0') * 10 + line[2] - '0';
        uint32_t value;

        line = parse_hex(line + 4, &value);
        if (number < 16)
            registers[number] = value;
        while (*line == ' ')
            line++;
    }
}

/* ARMv7-M ARM, B1.4.2: IPSR. */
void log_parse_status(const char *line, uint32_t *exception)
{
    uint32_t status;

    if (strncmp(line, "XPSR=", 5) == 0 && parse_hex(line + 5, &status) == line + 13)
        *exception = status % 512u;
}

void log_parse_state(const char *line, struct step *step)
{
    enum { NAME = 10 }; /* of RISC-V's registers, with a blank before it */

    if (strncmp(line, "PSR=", 4) == 0) {
        step->kind = STEP_CORTEX_A;
        parse_hex(line + 4, &step->status);
    } else if (strncmp(line, " mstatus  ", NAME) == 0) {
        step->kind = STEP_RISCV;
        parse_hex(line + NAME, &step->status);
    } else if (strncmp(line, " mtvec    ", NAME) == 0) {
        parse_hex(line + NAME, &step->vector);
    }
}

void log_begin(struct log *log, FILE *stream)
{
    memset(log, 0, sizeof *log);
    log->stream = stream;
}

bool log_step(struct log *log, struct step *step)
{
    char line[512];
    bool had = log->ahead;
    uint32_t address;

    *step = log->next;
    while (fgets(line, sizeof line, log->stream) != NULL) {
        struct step *now = had ? step : &log->next;

        if (line[0] == 'R') {
            log_parse_registers(line, now->registers);
        } else if (line[0] == 'X') {
            log_parse_status(line, &now->exception);
            now->kind = STEP_CORTEX_M;
        } else if (line[0] == 'P' || line[0] == ' ') {
            log_parse_state(line, now);
        } else if (log_parse_step(line, &address)) {
            if (had && address == step->address) {
                log->rewinds++;
                continue;
            }
            log->next.address = address;
            log->ahead = true;
            if (had)
                return true;
            had = true;
            *step = log->next;
        }
    }
    log->ahead = false;
    return had;
}
