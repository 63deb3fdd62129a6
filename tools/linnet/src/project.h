/* SPDX-License-Identifier: MIT */
/*
 * Which application is meant: one of apps/ in this checkout, or a folder made by `linnet new`,
 * named by its path, or the current folder when nothing is named.
 */
#pragma once

#include "cmake_build.h"

struct project {
    struct build build;
    char *name;   /* of the application; NULL: everything in this checkout */
    char *folder; /* of a project outside this checkout; NULL: in it */
};

/* False, with a message, if there is no such application. `must_name` refuses "everything". */
bool project_find(const char *name, const char *preset, bool must_name, struct project *project);

/* The path of the application's program; to be freed by the caller. */
char *project_program(const struct project *project);

void project_free(struct project *project);
