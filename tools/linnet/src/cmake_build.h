/* SPDX-License-Identifier: MIT */
/* Configuring and building with CMake and Ninja: this checkout, or an application outside it. */
#pragma once

#include <stdbool.h>

#define DEFAULT_PRESET "sim"

/* What is to be built. */
struct build {
    const char *source; /* folder with a CMakeLists.txt */
    const char *preset; /* a preset of this checkout */
    const char *target; /* NULL: everything */
    bool project;       /* an application outside the checkout */
};

/* The build folder, SOURCE/build/PRESET; to be freed by the caller. */
char *build_folder(const struct build *build);

/* False, with a message that names the known ones, if there is no such preset. */
bool build_check_preset(const char *preset);

/* The packages that building for a preset takes, beside those of every build: a set of enum need. */
unsigned build_needs(const char *preset);

/* Makes sure of the packages, configures if that was not done yet, builds. An exit code. */
int build_run(const struct build *build);

/* The application folder that a name or path means: itself or NULL if it is no folder made by
 * `linnet new`. To be freed by the caller. */
char *build_find_project(const char *name);
