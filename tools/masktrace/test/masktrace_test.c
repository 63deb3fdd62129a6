/* SPDX-License-Identifier: MIT */
/* The log as QEMU 7.2 writes it, and the mask through a run of a made-up image. */
#include "image.h"
#include "linnet_test.h"
#include "log.h"
#include "mask.h"
#include "ranges.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(a_line_of_the_log_gives_the_address)
{
    uint32_t address = 0;

    CHECK(log_parse_step("Trace 0: 0x7f0cf00602c0 [00800400/00000178/00000110/ff020201] f\n",
                         &address));
    CHECK_EQUAL(0x178, address);
    CHECK(!log_parse_step("Taking exception 2 [SVC] on CPU 0\n", &address));
    CHECK(!log_parse_step("Trace 0: 0x7f0cf00602c0 [00800400", &address));
    CHECK(!log_parse_step("", &address));
}

TEST(a_line_of_registers_fills_in_four)
{
    uint32_t registers[16] = {0};

    log_parse_registers("R04=00000064 R05=000003bf R06=00000190 R07=ffffffd0\n", registers);
    CHECK_EQUAL(0x64, registers[4]);
    CHECK_EQUAL(0x3bf, registers[5]);
    CHECK_EQUAL(0x190, registers[6]);
    CHECK_EQUAL(0xffffffd0u, registers[7]);
    log_parse_registers("R99=00000001 R1", registers);
    CHECK_EQUAL(0, registers[0]);
}

static struct log log_of(const char *text)
{
    struct log log;
    FILE *stream = tmpfile();

    CHECK(stream != NULL);
    fputs(text, stream);
    rewind(stream);
    log_begin(&log, stream);
    return log;
}

TEST(an_instruction_begun_again_is_one)
{
    struct log log = log_of("Trace 0: 0x1 [0/00000100/0/0] f\n"
                            "cpu_io_recompile: rewound execution of TB to 00000102\n"
                            "Trace 0: 0x1 [0/00000102/0/0] f\n"
                            "Trace 0: 0x1 [0/00000102/0/0] f\n"
                            "Trace 0: 0x1 [0/00000104/0/0] f\n");
    struct step step;

    for (uint32_t address = 0x100; address <= 0x104; address += 2) {
        CHECK(log_step(&log, &step));
        CHECK_EQUAL(address, step.address);
    }
    CHECK(!log_step(&log, &step));
    CHECK_EQUAL(1, log.rewinds);
    fclose(log.stream);
}

TEST(registers_belong_to_the_line_before_them)
{
    struct log log = log_of("Trace 0: 0x1 [0/00000100/0/0] f\n"
                            "R00=00000001 R01=00000002 R02=00000003 R03=00000004\n"
                            "Trace 0: 0x1 [0/00000102/0/0] f\n"
                            "R00=00000005 R01=00000006 R02=00000007 R03=00000008\n");
    struct step step;

    CHECK(log_step(&log, &step));
    CHECK_EQUAL(2, step.registers[1]);
    CHECK(log_step(&log, &step));
    CHECK_EQUAL(0x102, step.address);
    CHECK_EQUAL(6, step.registers[1]);
    fclose(log.stream);
}

TEST(instructions_that_write_the_mask_are_known)
{
    unsigned source;

    CHECK_EQUAL(MASK_BASEPRI, mask_decode(0xf383, 0x8811, &source));
    CHECK_EQUAL(3, source);
    CHECK_EQUAL(MASK_BASEPRI_MAX, mask_decode(0xf380, 0x8812, &source));
    CHECK_EQUAL(MASK_PRIMASK, mask_decode(0xf381, 0x8810, &source));
    CHECK_EQUAL(MASK_CPSID, mask_decode(0xb672, 0, &source));
    CHECK_EQUAL(MASK_CPSIE, mask_decode(0xb662, 0, &source));
    CHECK_EQUAL(MASK_KEPT, mask_decode(0xf383, 0x8809, &source)); /* msr psp, r3 */
    CHECK_EQUAL(MASK_KEPT, mask_decode(0xf3ef, 0x8011, &source)); /* mrs r0, basepri */
}

/* An image with four instructions at 0x100: msr basepri, r0; nop; cpsid i; cpsie i. */
static struct image make_image(void)
{
    static const uint8_t code[] = {0x80, 0xf3, 0x11, 0x88, 0x00, 0xbf, 0x72, 0xb6, 0x62, 0xb6};
    struct image image = {.file_size = sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr) + sizeof code};
    Elf32_Ehdr header = {.e_phnum = 1, .e_phoff = sizeof header};
    Elf32_Phdr segment = {.p_type = PT_LOAD,
                          .p_vaddr = 0x100,
                          .p_filesz = sizeof code,
                          .p_offset = sizeof header + sizeof segment};

    image.file = calloc(1, image.file_size + 1);
    CHECK(image.file != NULL);
    memcpy(image.file, &header, sizeof header);
    memcpy(image.file + sizeof header, &segment, sizeof segment);
    memcpy(image.file + segment.p_offset, code, sizeof code);
    return image;
}

static bool execute(struct mask *mask, const struct image *image, uint32_t address, uint32_t r0,
                    struct stretch *ended)
{
    struct step step = {.address = address, .registers = {r0}};

    return mask_step(mask, image, &step, ended);
}

TEST(a_stretch_lasts_until_the_mask_is_open_again)
{
    struct image image = make_image();
    struct mask mask = {0};
    struct stretch ended = {0};

    CHECK_EQUAL(0xf380, image_code(&image, 0x100));
    CHECK_EQUAL(0, image_code(&image, 0x200));
    CHECK(!execute(&mask, &image, 0x104, 0, &ended));
    CHECK(!execute(&mask, &image, 0x100, 0x20, &ended)); /* raised */
    CHECK(!execute(&mask, &image, 0x104, 0, &ended));
    CHECK(!execute(&mask, &image, 0x100, 0x20, &ended)); /* nested: raised again, … */
    CHECK(!execute(&mask, &image, 0x100, 0x20, &ended)); /* … restored to what it was */
    CHECK(execute(&mask, &image, 0x100, 0, &ended));
    CHECK_EQUAL(4, ended.length);
    CHECK_EQUAL(0x100, ended.raised_at);
    image_free(&image);
}

static const char *ranges_of(const struct image *image, const char *names)
{
    static char text[128];
    FILE *stream = tmpfile();

    CHECK(stream != NULL);
    ranges_write(stream, image, names);
    rewind(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    fclose(stream);
    return text;
}

TEST(named_functions_are_left_out_of_the_ranges_unless_they_change_the_mask)
{
    static struct symbol symbols[] = {
        {0x0f0, 8, "before"},   {0x0f8, 8, "own"},   {0x100, 4, "raises"}, {0x104, 2, "pads"},
        {0x110, 16, "library"}, {0x120, 16, "last"}, {0x120, 16, "alias"}};
    struct image image = make_image();

    image.symbols = symbols;
    image.symbol_count = 7;
    CHECK_STRING("0xf0..0x12f\n", ranges_of(&image, ""));
    CHECK_STRING("0xf0..0xf7,0x100..0x12f\n", ranges_of(&image, "own\nraises\n"));
    CHECK_STRING("0xf8..0x10f,0x120..0x12f\n", ranges_of(&image, "library\nbefore\nlast"));
    CHECK_STRING("0xf0..0x11f\n", ranges_of(&image, "alias\nlast\nlibrar\nown_\n"));
    image.symbols = NULL;
    image_free(&image);
}

static bool execute_in(uint32_t exception, struct mask *mask, const struct image *image,
                       uint32_t address, uint32_t r0, struct stretch *ended)
{
    struct step step = {.address = address, .registers = {r0}, .exception = exception};

    return mask_step(mask, image, &step, ended);
}

TEST(an_exception_that_comes_in_place_of_raising_the_mask_is_not_masked)
{
    struct image image = make_image();
    struct mask mask = {0};
    struct stretch ended = {0};

    CHECK(!execute_in(0, &mask, &image, 0x100, 0x20, &ended)); /* written down only */
    CHECK(!execute_in(15, &mask, &image, 0x104, 0, &ended));
    CHECK(!execute_in(15, &mask, &image, 0x100, 0x20, &ended));
    CHECK(execute_in(15, &mask, &image, 0x100, 0, &ended));
    CHECK_EQUAL(1, ended.length);
    CHECK(!execute_in(0, &mask, &image, 0x100, 0x20, &ended)); /* now executed */
    CHECK(!execute_in(0, &mask, &image, 0x104, 0, &ended));
    CHECK(execute_in(0, &mask, &image, 0x100, 0, &ended));
    CHECK_EQUAL(2, ended.length);
    image_free(&image);
}

TEST(an_exception_that_the_mask_does_not_hold_off_ends_no_stretch)
{
    struct image image = make_image();
    struct mask mask = {0};
    struct stretch ended = {0};

    CHECK(!execute_in(0, &mask, &image, 0x100, 0x20, &ended)); /* executed */
    CHECK(!execute_in(30, &mask, &image, 0x104, 0, &ended));
    CHECK(!execute_in(0, &mask, &image, 0x104, 0, &ended)); /* goes on behind it */
    CHECK(execute_in(0, &mask, &image, 0x100, 0, &ended));
    CHECK_EQUAL(0x100, ended.raised_at);
    CHECK_EQUAL(2, ended.length);
    image_free(&image);
}

TEST(the_status_tells_which_exception_runs)
{
    uint32_t exception = 7;

    log_parse_status("XPSR=4100000f -Z-- T handler\n", &exception);
    CHECK_EQUAL(15, exception);
    log_parse_status("XPSR=61000000 -ZC- T priv-thread\n", &exception);
    CHECK_EQUAL(0, exception);
    log_parse_status("XPSR=4", &exception);
    CHECK_EQUAL(0, exception);
}

TEST(primask_counts_and_outlasts_basepri)
{
    struct image image = make_image();
    struct mask mask = {0};
    struct stretch ended = {0};

    CHECK(!execute(&mask, &image, 0x106, 0, &ended)); /* cpsid i */
    CHECK(!execute(&mask, &image, 0x100, 0x20, &ended));
    CHECK(!execute(&mask, &image, 0x100, 0, &ended));
    CHECK(execute(&mask, &image, 0x108, 0, &ended)); /* cpsie i */
    CHECK_EQUAL(3, ended.length);
    CHECK_EQUAL(0x106, ended.raised_at);
    CHECK_EQUAL(0x108, ended.lowered_at);
    image_free(&image);
}

TEST(a_file_that_is_no_image_is_refused)
{
    struct image image;

    CHECK(!image_read(&image, "/dev/null"));
    image_free(&image);
    CHECK(!image_read(&image, "/nowhere"));
}
