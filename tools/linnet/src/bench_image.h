/* SPDX-License-Identifier: MIT */
/*
 * The images of `linnet bench kernel`: building them, running them under QEMU with the count of
 * instructions as the clock, and reading what a run executed.
 */
#pragma once

#include <stdbool.h>

/* A CMake project of a benchmark. */
struct bench_project {
    const char *source;         /* below the checkout */
    const char *folder;         /* where it is built, below the checkout */
    const char *const *options; /* of CMake's, ended by NULL */
};

/* What an emulated Cortex-M3 is compiled with. */
extern const char *const bench_cross_options[];

/* Configures the project if it is not yet, and builds it; one run at a time. An exit code. */
int bench_project_build(const struct bench_project *project);

/* Builds the images and the reader of traces. An exit code. */
int bench_images_build(void);

/* The path of a file in the folder of the images, to be freed by the caller. */
char *bench_image_file(const char *name);

/* A run's own result: what the row costs an operation, and over how many operations. */
struct bench_result {
    double value;
    double operations;
};

/* Runs a row of an image; `shift` is -icount's: an instruction is 2^shift ns. False with a message.
 */
bool bench_image_run(const char *image, const char *row, int shift, struct bench_result *result);

/* Appends the command that runs an image, whose path is given, in the emulator. The image's words
 * are separated by `,arg=`. */
struct args;
void bench_emulator_add(struct args *command, const char *path, const char *words, int shift);

/* Takes the row's own result out of a run's output; false with a message. */
bool bench_image_result(const char *image, const char *row, const char *output,
                        struct bench_result *result);

/* The line among a trace's output that says with what exit code the image ended. */
#define TRACE_ENDED "image ended with "

/* What to read from a run instruction by instruction. */
struct bench_trace {
    const char *board; /* runs it as boards/emulate does; NULL: the bare mps2-an385 */
    const char *image; /* its path */
    const char *words; /* the arguments that it is given, each but the first behind `,arg=`; on a
                          board a blank */
    int shift;
    const char *const *reader; /* the words for masktrace behind its image, ended by NULL */
    bool masked;               /* stretches with the mask raised, not counts */
    const char *ranges;        /* the addresses that are written down; NULL: all */
};

/* Appends the command that runs an image on a board; with `more` QEMU gets more words. */
void bench_emulator_add_board(struct args *command, const struct bench_trace *run,
                              const char *more);

/* Runs an image under the reader of traces and gives the reader's lines, to be freed by the caller;
 * NULL with a message. The row's own result goes to *result; NULL: the image gives none. */
char *bench_image_trace(const struct bench_trace *trace, struct bench_result *result);
