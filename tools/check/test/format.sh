#!/bin/sh
# SPDX-License-Identifier: MIT
# C files are as clang-format writes them, and the check sees one that is not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/format.sh

every_c_file_is_formatted() {
    "$check" "$LINNET_SOURCE_DIR"
}

an_unformatted_line_is_found() {
    cp "$LINNET_SOURCE_DIR/.clang-format" "$work"
    printf 'int a;\n' >"$work/a.c"
    "$check" "$work"
    printf 'int a;\nint   b;\n' >"$work/a.c"
    expect_failure "$check" "$work"
    expect_text "$work/messages" "a.c:2: not as clang-format writes it"
}

run_cases "every_c_file_is_formatted an_unformatted_line_is_found" "$@"
