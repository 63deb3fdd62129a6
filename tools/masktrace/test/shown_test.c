/* SPDX-License-Identifier: MIT */
/* The mask where the log shows it, through made-up logs as QEMU 7.2 writes them: RISC-V, Cortex-A. */
#include "linnet_test.h"
#include "log.h"
#include "shown.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIE = 8, HANDLER = 0x200, PRIORITY_AT = 0xf8f00104u, SYSTEM = 0x1f, IRQ = 0x92 };

static struct step riscv(uint32_t address, uint32_t status)
{
    return (struct step){
        .kind = STEP_RISCV, .address = address, .status = status, .vector = HANDLER};
}

TEST(a_line_of_riscv_tells_the_state)
{
    struct step step = {0};

    log_parse_state(" mstatus  00001888\n", &step);
    CHECK_EQUAL(STEP_RISCV, step.kind);
    CHECK_EQUAL(0x1888, step.status);
    log_parse_state(" mstatush 00000007\n", &step);
    CHECK_EQUAL(0x1888, step.status);
    log_parse_state(" mtvec    80002f40\n", &step);
    CHECK_EQUAL(0x80002f40u, step.vector);
    log_parse_state(" stvec    00000001\n", &step);
    CHECK_EQUAL(0x80002f40u, step.vector);
}

TEST(a_line_of_cortex_a_tells_the_state)
{
    struct step step = {0};

    log_parse_state("PSR=400001d3 -Z-- A svc32\n", &step);
    CHECK_EQUAL(STEP_CORTEX_A, step.kind);
    CHECK_EQUAL(0x400001d3, step.status);
}

TEST(state_belongs_to_the_line_before_it)
{
    static const char text[] = "Trace 0: 0x1 [0/80000100/0/0] f\n mstatus  00000008\n"
                               " mtvec    00000200\n x0/zero  00000000 x1/ra    00000000\n"
                               "Trace 0: 0x1 [0/80000104/0/0] f\n mstatus  00000000\n";
    FILE *stream = tmpfile();
    struct log log;
    struct step step;

    CHECK(stream != NULL);
    fputs(text, stream);
    rewind(stream);
    log_begin(&log, stream);
    CHECK(log_step(&log, &step));
    CHECK_EQUAL(0x80000100u, step.address);
    CHECK_EQUAL(MIE, step.status);
    CHECK_EQUAL(HANDLER, step.vector);
    CHECK(log_step(&log, &step));
    CHECK_EQUAL(0, step.status);
    fclose(stream);
}

/* Feeds the steps; the one after which a stretch has ended, or the count. */
static size_t feed(struct shown *shown, const struct image *image, const struct step *steps,
                   size_t count, struct stretch *ended)
{
    for (size_t i = 0; i < count; i++)
        if (shown_step(shown, image, &steps[i], ended))
            return i;
    return count;
}

TEST(a_stretch_of_riscv_is_between_two_instructions)
{
    const struct step steps[] = {riscv(0x100, MIE), riscv(0x104, 0), riscv(0x108, 0),
                                 riscv(0x10c, 0), riscv(0x110, MIE)};
    struct shown shown = {0};
    struct image image = {0};
    struct stretch ended;

    CHECK_EQUAL(4, feed(&shown, &image, steps, 5, &ended));
    CHECK_EQUAL(3, ended.length);
    CHECK_EQUAL(0x100, ended.raised_at);
    CHECK_EQUAL(0x10c, ended.lowered_at);
    CHECK(!ended.taken);
}

TEST(an_interrupt_of_riscv_raises_the_mask_itself)
{
    /* What is written down before it was not executed. */
    const struct step steps[] = {riscv(0x100, MIE), riscv(HANDLER, 0), riscv(0x204, 0),
                                 riscv(0x100, MIE)};
    struct shown shown = {0};
    struct image image = {0};
    struct stretch ended;

    CHECK_EQUAL(3, feed(&shown, &image, steps, 4, &ended));
    CHECK_EQUAL(2, ended.length);
    CHECK_EQUAL(HANDLER, ended.raised_at);
    CHECK(ended.taken);
}

TEST(an_interrupt_as_soon_as_the_mask_opens_ends_the_stretch)
{
    const struct step steps[] = {riscv(0x100, MIE), riscv(0x104, 0), riscv(0x108, 0),
                                 riscv(HANDLER, 0), riscv(0x204, 0), riscv(0x10c, MIE)};
    struct shown shown = {0};
    struct image image = {0};
    struct stretch ended;

    CHECK_EQUAL(3, feed(&shown, &image, steps, 6, &ended));
    CHECK_EQUAL(2, ended.length);
    CHECK_EQUAL(0x108, ended.lowered_at);
    CHECK(!ended.taken);
    CHECK_EQUAL(1, feed(&shown, &image, steps + 4, 2, &ended));
    CHECK_EQUAL(2, ended.length);
    CHECK(ended.taken);
}

/* An image with the given code at 0x100. */
static struct image make_image(const void *code, uint32_t size)
{
    struct image image = {.file_size = sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr) + size};
    Elf32_Ehdr header = {.e_phnum = 1, .e_phoff = sizeof header};
    Elf32_Phdr segment = {.p_type = PT_LOAD,
                          .p_vaddr = 0x100,
                          .p_filesz = size,
                          .p_offset = sizeof header + sizeof segment};

    image.file = calloc(1, image.file_size + 1);
    CHECK(image.file != NULL);
    memcpy(image.file, &header, sizeof header);
    memcpy(image.file + sizeof header, &segment, sizeof segment);
    memcpy(image.file + segment.p_offset, code, size);
    return image;
}

/* r1 is the controller, r0 what goes to its mask. Thumb: the status has bit 5. */
static struct step cortex_a(uint32_t address, uint32_t status, uint32_t value)
{
    return (struct step){.kind = STEP_CORTEX_A,
                         .address = address,
                         .status = status,
                         .registers = {value, PRIORITY_AT - 4, 4}};
}

enum { THUMB = SYSTEM | 1 << 5 };

TEST(stores_of_thumb_and_arm_are_known)
{
    static const uint16_t thumb[] = {
        0x6048,         /* 0x100: str r0, [r1, #4] */
        0x5088,         /* 0x102: str r0, [r1, r2] */
        0xf8c1, 0x0104, /* 0x104: str.w r0, [r1, #260] */
        0xf841, 0x0c08, /* 0x108: str r0, [r1, #-8] */
        0x6848,         /* 0x10c: ldr r0, [r1, #4] */
        0x7108,         /* 0x10e: strb r0, [r1, #4] */
    };
    static const uint32_t arm[] = {
        0xe5810004, /* str r0, [r1, #4] */
        0xe5010004, /* str r0, [r1, #-4] */
        0xe5910004, /* ldr r0, [r1, #4] */
        0x05810004, /* streq r0, [r1, #4] */
    };
    static const uint32_t places[] = {PRIORITY_AT, PRIORITY_AT, PRIORITY_AT + 256,
                                      PRIORITY_AT - 12};
    static const uint32_t at[] = {0x100, 0x102, 0x104, 0x108};
    struct image image = make_image(thumb, sizeof thumb);
    uint32_t address, value;
    struct step step;

    for (size_t i = 0; i < 4; i++) {
        step = cortex_a(at[i], THUMB, 0x90);
        CHECK(shown_store(&image, &step, &address, &value));
        CHECK_EQUAL(places[i], address);
        CHECK_EQUAL(0x90, value);
    }
    for (uint32_t load = 0x10c; load <= 0x10e; load += 2) {
        step = cortex_a(load, THUMB, 0x90);
        CHECK(!shown_store(&image, &step, &address, &value));
    }
    /* In an IT block (ITSTATE 0x08: equal, the last one) without Z, and with it. */
    step = cortex_a(0x100, THUMB | 0x0800, 0x90);
    CHECK(!shown_store(&image, &step, &address, &value));
    step.status |= 1u << 30;
    CHECK(shown_store(&image, &step, &address, &value));
    image_free(&image);

    image = make_image(arm, sizeof arm);
    step = cortex_a(0x100, SYSTEM, 0x90);
    CHECK(shown_store(&image, &step, &address, &value));
    CHECK_EQUAL(PRIORITY_AT, address);
    step = cortex_a(0x104, SYSTEM, 0x90);
    CHECK(shown_store(&image, &step, &address, &value));
    CHECK_EQUAL(PRIORITY_AT - 8, address);
    for (uint32_t other = 0x108; other <= 0x10c; other += 4) {
        step = cortex_a(other, SYSTEM, 0x90);
        CHECK(!shown_store(&image, &step, &address, &value));
    }
    image_free(&image);
}

/* str r0, [r1, #4]; nop */
static const uint16_t store_and_nop[] = {0x6048, 0xbf00};

TEST(a_stretch_of_cortex_a_is_between_two_stores)
{
    /* What is restored is what was read: the bits that the controller has. */
    const struct step steps[] = {cortex_a(0x100, THUMB, 0x90), cortex_a(0x102, THUMB, 0),
                                 cortex_a(0x100, THUMB, 0x90), cortex_a(0x100, THUMB, 0xf8),
                                 cortex_a(0x102, THUMB, 0)};
    struct image image = make_image(store_and_nop, sizeof store_and_nop);
    struct shown shown = {.priority_at = PRIORITY_AT};
    struct stretch ended;

    CHECK_EQUAL(4, feed(&shown, &image, steps, 5, &ended));
    CHECK_EQUAL(3, ended.length);
    CHECK_EQUAL(0x100, ended.raised_at);
    CHECK_EQUAL(0x100, ended.lowered_at);
    shown = (struct shown){0}; /* no such register */
    CHECK_EQUAL(5, feed(&shown, &image, steps, 5, &ended));
    image_free(&image);
}

TEST(an_interrupt_in_place_of_closing_the_priority_mask_leaves_it_open)
{
    const struct step steps[] = {cortex_a(0x100, THUMB, 0x90), cortex_a(0x18, IRQ, 0),
                                 cortex_a(0x102, SYSTEM | 1 << 7, 0), cortex_a(0x102, THUMB, 0),
                                 cortex_a(0x102, THUMB, 0)};
    struct image image = make_image(store_and_nop, sizeof store_and_nop);
    struct shown shown = {.priority_at = PRIORITY_AT};
    struct stretch ended;

    CHECK_EQUAL(3, feed(&shown, &image, steps, 5, &ended));
    CHECK_EQUAL(2, ended.length);
    CHECK_EQUAL(0x18, ended.raised_at);
    CHECK(ended.taken);
    CHECK(!shown.masked);
    image_free(&image);
}

TEST(an_interrupt_behind_the_store_that_opens_the_mask_ends_the_stretch)
{
    const struct step steps[] = {cortex_a(0x100, THUMB, 0x90), cortex_a(0x100, THUMB, 0xff),
                                 cortex_a(0x18, IRQ, 0), cortex_a(0x102, THUMB, 0)};
    struct image image = make_image(store_and_nop, sizeof store_and_nop);
    struct shown shown = {.priority_at = PRIORITY_AT};
    struct stretch ended;

    CHECK_EQUAL(2, feed(&shown, &image, steps, 4, &ended));
    CHECK_EQUAL(1, ended.length);
    CHECK(!ended.taken);
    CHECK_EQUAL(0, feed(&shown, &image, steps + 3, 1, &ended));
    CHECK_EQUAL(1, ended.length);
    CHECK(ended.taken);
    image_free(&image);
}
