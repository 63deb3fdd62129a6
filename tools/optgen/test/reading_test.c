/* SPDX-License-Identifier: MIT */
/* What optgen understands of Kconfig files and layers, and what it refuses. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "layer.h"
#include "linnet_test.h"

static char messages[4096];

static const char kconfig[] = "# header One.h: config INCLUDE_\n"
                              "# header Two.h: configTWO_\n"
                              "menu \"Tasks\"\n"
                              "config configA\n"
                              "    bool \"first\"\n"
                              "    help\n"
                              "      config configNOT_ONE\n"
                              "\n"
                              "      bool\n"
                              "config configTWO_B\n"
                              "    int \"second\" if configA # a comment\n"
                              "    range 1 9\n"
                              "    default 3\n"
                              "endmenu\n"
                              "config configC # bare\n"
                              "    string\n"
                              "    default \"a # b\"\n"
                              "choice\n"
                              "    prompt \"which\"\n"
                              "config LINNET_X\n"
                              "    bool \"x\"\n"
                              "config LINNET_Y\n"
                              "    bool \"y\"\n"
                              "endchoice\n"
                              "config configH\n"
                              "    hex\n"
                              "    default 0x10\n";

/* A scratch file that is gone as soon as it has been read. */
static void put(char *path, const char *content)
{
    int file = mkstemp(path);
    CHECK(file >= 0);
    CHECK_EQUAL(strlen(content), write(file, content, strlen(content)));
    close(file);
}

static bool read_options(struct options *options, const char *content)
{
    char path[] = "/tmp/optgen-test-XXXXXX";

    put(path, content);
    report_to(fmemopen(messages, sizeof messages, "w"));
    bool good = kconfig_read(options, path);
    unlink(path);
    return good;
}

static bool read_layer(struct layer *layer, const struct options *options, const char *content)
{
    char path[] = "/tmp/optgen-test-XXXXXX";

    put(path, content);
    FILE *stream = fmemopen(messages, sizeof messages, "w");
    report_to(stream);
    bool good = layer_read(layer, options, path);
    fflush(stream);
    unlink(path);
    return good;
}

static const char *value_of(const struct layer *layer, const struct options *options,
                            const char *name)
{
    const struct option *option = kconfig_find(options, name);
    CHECK(option != NULL);
    return layer->settings[option - options->items].value;
}

/* Reads a layer that must be refused with a message that contains the text. */
static void check_refused(const char *content, const char *text)
{
    struct options options;
    struct layer layer;

    CHECK(read_options(&options, kconfig));
    CHECK(!read_layer(&layer, &options, content));
    if (strstr(messages, text) == NULL)
        test_fail(messages, __FILE__, __LINE__);
    layer_free(&layer);
    kconfig_free(&options);
}

TEST(declarations_give_name_type_menu_and_header)
{
    struct options options;
    CHECK(read_options(&options, kconfig));

    CHECK_EQUAL(6, options.count);
    CHECK_EQUAL(OPTION_BOOL, kconfig_find(&options, "configA")->type);
    CHECK_STRING("Tasks", kconfig_find(&options, "configA")->menu);
    CHECK_EQUAL(OPTION_INT, kconfig_find(&options, "configTWO_B")->type);
    CHECK_STRING("1 9", kconfig_find(&options, "configTWO_B")->range);
    CHECK_STRING("configA", kconfig_find(&options, "configTWO_B")->prompt_if);
    CHECK_STRING("One.h", kconfig_find(&options, "configA")->header);
    CHECK_STRING("Two.h", kconfig_find(&options, "configTWO_B")->header);
    CHECK(kconfig_find(&options, "configC")->bare);
    CHECK_STRING("", kconfig_find(&options, "configC")->menu);
    CHECK_EQUAL(OPTION_HEX, kconfig_find(&options, "configH")->type);
    CHECK(kconfig_find(&options, "LINNET_X")->header == NULL);
    CHECK_EQUAL(1, kconfig_find(&options, "LINNET_Y")->choice);
    kconfig_free(&options);
}

TEST(declarations_give_prompt_help_default_and_every_condition)
{
    static const char text[] = "# header One.h: config\n"
                               "menu \"Outer\"\n"
                               "depends on configA\n"
                               "config configA\n"
                               "    bool \"first\"\n"
                               "    help\n"
                               "      One line.\n"
                               "        Indented.\n"
                               "\n"
                               "      After a gap.\n"
                               "\n"
                               "if configB\n"
                               "config configC\n"
                               "    int \"third\" if configD\n"
                               "    depends on configE\n"
                               "    default 7 if configA\n"
                               "    default 8\n"
                               "endif\n"
                               "endmenu\n"
                               "config configF\n"
                               "    def_bool y\n";
    struct options options;
    char buffer[256];
    char shown[256];
    CHECK(read_options(&options, text));

    const struct option *a = kconfig_find(&options, "configA");
    CHECK_STRING("first", a->prompt);
    FILE *out = fmemopen(shown, sizeof shown, "w");
    kconfig_print_help(out, a->help, "");
    fclose(out);
    CHECK_STRING("One line.\n  Indented.\n\nAfter a gap.\n", shown);
    const struct option *c = kconfig_find(&options, "configC");
    CHECK_STRING("Outer", c->part);
    CHECK_STRING("configD && configA && configB && configE",
                 kconfig_condition(c, buffer, sizeof buffer));
    CHECK_STRING("7 if configA", c->defaults[0]);
    CHECK_STRING("8", c->defaults[1]);
    const struct option *f = kconfig_find(&options, "configF");
    CHECK(f->prompt == NULL && f->help == NULL);
    CHECK_STRING("y", f->defaults[0]);
    CHECK_STRING("", kconfig_condition(f, buffer, sizeof buffer));
    kconfig_free(&options);
}

TEST(a_help_text_declares_nothing)
{
    struct options options;
    CHECK(read_options(&options, kconfig));
    CHECK(kconfig_find(&options, "configNOT_ONE") == NULL);
    kconfig_free(&options);
}

TEST(an_option_without_type_header_or_file_is_refused)
{
    static const char *const bad[] = {
        "# header One.h: config\nconfig configA\n",
        "config otherA\n    bool\n",
        "# header One.h: config\nconfig configA # bare\n    bool\n",
        "# header One.h: config\nconfig configA\n    bool\nconfig configA\n    int\n",
        "source \"there/is/no/such/file\"\n",
        "# header One.h config\n",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct options options;
        CHECK(!read_options(&options, bad[i]));
        kconfig_free(&options);
    }
}

TEST(a_layer_gives_values_of_every_type)
{
    struct options options;
    struct layer layer;
    CHECK(read_options(&options, kconfig));
    CHECK(read_layer(&layer, &options,
                     "# a comment\n\n# configA is not set\nconfigTWO_B=4\n"
                     "configC=\"say \\\"so\\\"\"\nconfigH=0xff\nLINNET_X=y\n"));

    CHECK_STRING("n", value_of(&layer, &options, "configA"));
    CHECK_STRING("4", value_of(&layer, &options, "configTWO_B"));
    CHECK_STRING("say \\\"so\\\"", value_of(&layer, &options, "configC"));
    CHECK_STRING("0xff", value_of(&layer, &options, "configH"));
    CHECK(value_of(&layer, &options, "LINNET_Y") == NULL);
    layer_free(&layer);
    kconfig_free(&options);
}

TEST(an_unknown_option_is_refused_with_the_nearest_name)
{
    check_refused("configA=y\nconfigTWO_BB=4\n", ":2: configTWO_BB: there is no such option; is "
                                                 "configTWO_B meant?");
    check_refused("somethingElse=4\n", ":1: somethingElse: there is no such option; take");
}

TEST(a_value_of_another_type_is_refused)
{
    check_refused("configA=1\n", ":1: configA: '1' is not a value for it; write y or n");
    check_refused("configTWO_B=x\n", "write a decimal number");
    check_refused("configTWO_B=\n", "write a decimal number");
    check_refused("configTWO_B=99999999999999999999\n", "write a decimal number");
    check_refused("configH=xyz\n", "write a hexadecimal number");
    check_refused("configC=size_t\n", "write a text in double quotes");
    check_refused("configC=\"a\"b\"\n", "write a text in double quotes");
}

TEST(a_wish_sets_one_option_and_needs_no_quotes)
{
    struct options options;
    struct layer layer;
    char text[] = "configC=plain words";
    char quoted[] = "configC=\"quoted\"";
    char member[] = "LINNET_Y=y";
    char unknown[] = "configNONE=1";
    char bare[] = "configA";
    struct place place = {"wish", 0};
    CHECK(read_options(&options, kconfig));
    CHECK(read_layer(&layer, &options, "LINNET_X=y\n"));

    CHECK(layer_set(&layer, &options, text, place));
    CHECK_STRING("plain words", value_of(&layer, &options, "configC"));
    CHECK(layer_set(&layer, &options, quoted, place));
    CHECK_STRING("quoted", value_of(&layer, &options, "configC"));
    CHECK(layer_set(&layer, &options, member, place));
    CHECK(value_of(&layer, &options, "LINNET_X") == NULL);
    CHECK(!layer_set(&layer, &options, unknown, place));
    CHECK(!layer_set(&layer, &options, bare, place));
    layer_free(&layer);
    kconfig_free(&options);
}

TEST(a_malformed_line_is_refused)
{
    check_refused("configA y\n", ":1: malformed line 'configA y'");
    check_refused("configA =y\n", "malformed line");
    check_refused("=y\n", "malformed line");
    check_refused("configA=y\nconfigA=n\n", ":2: configA: set to another value in line 1");
}

TEST(a_later_layer_covers_and_a_choice_has_one_member)
{
    struct options options;
    struct layer lower;
    struct layer upper;
    CHECK(read_options(&options, kconfig));
    CHECK(read_layer(&lower, &options, "configA=y\nconfigTWO_B=4\nLINNET_X=y\n"));
    CHECK(read_layer(&upper, &options, "configTWO_B=5\nLINNET_Y=y\n"));
    layer_cover(&lower, &upper, &options);

    CHECK_STRING("y", value_of(&lower, &options, "configA"));
    CHECK_STRING("5", value_of(&lower, &options, "configTWO_B"));
    CHECK(value_of(&lower, &options, "LINNET_X") == NULL);
    CHECK_STRING("y", value_of(&lower, &options, "LINNET_Y"));
    layer_free(&lower);
    layer_free(&upper);
    kconfig_free(&options);
}

TEST(a_wish_that_was_not_granted_is_reported_with_its_range)
{
    struct options options;
    struct layer asked;
    struct layer result;
    CHECK(read_options(&options, kconfig));
    CHECK(read_layer(&result, &options, "configTWO_B=3\n"));
    CHECK(read_layer(&asked, &options, "configTWO_B=12\n"));
    FILE *stream = fmemopen(messages, sizeof messages, "w");
    report_to(stream);
    CHECK(!layer_honoured(&asked, &result, &options));
    fflush(stream);
    CHECK(strstr(messages, ":1: configTWO_B: 12 is not possible (it stays 3): its range is 1 9") !=
          NULL);
    layer_free(&asked);
    layer_free(&result);
    kconfig_free(&options);
}
