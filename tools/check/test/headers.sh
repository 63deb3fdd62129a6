#!/bin/sh
# SPDX-License-Identifier: MIT
# Public headers compile alone under gcc and clang, and the check sees one that does not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/headers.sh

every_public_header_compiles_alone() {
    "$check" "$LINNET_SOURCE_DIR" "$LINNET_BUILD_DIR"
}

plant() {
    mkdir -p "$work/libs/a/include" "$work/build"
    printf '#pragma once\n%s\n' "$1" >"$work/libs/a/include/a.h"
    echo '[{ "command": "cc -I$work/libs/a/include -o a.o -c a.c" }]' >"$work/build/compile_commands.json"
}

a_header_that_needs_another_first_is_found() {
    plant '#include <stdint.h>
uint32_t a(void);'
    "$check" "$work" "$work/build"
    plant 'uint32_t a(void);'
    expect_failure "$check" "$work" "$work/build"
    expect_text "$work/messages" "libs/a/include/a.h:1: does not compile alone under gcc"
    expect_text "$work/messages" "under clang"
}

run_cases "every_public_header_compiles_alone a_header_that_needs_another_first_is_found" "$@"
