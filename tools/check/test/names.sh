#!/bin/sh
# SPDX-License-Identifier: MIT
# Libraries export known or prefixed names only, and the check sees one that is neither.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/names.sh

every_exported_name_is_known_or_prefixed() {
    "$check" "$LINNET_SOURCE_DIR" "$LINNET_BUILD_DIR"
}

plant() {
    mkdir -p "$work/kernel"
    printf '%s\n' "$1" | cc -x c -c -o "$work/a.o" -
    rm -f "$work/kernel/liblinnet_kernel.a"
    ar rc "$work/kernel/liblinnet_kernel.a" "$work/a.o"
}

known_prefixed_and_static_names_pass() {
    plant 'int xTaskCreate; int rtos_queue(void) { return 0; } static int used; int *rtos_b = &used;'
    "$check" "$LINNET_SOURCE_DIR" "$work"
}

another_name_is_found() {
    plant 'int wait_on(void) { return 0; }'
    expect_failure "$check" "$LINNET_SOURCE_DIR" "$work"
    expect_text "$work/messages" "kernel/liblinnet_kernel.a:a.o: wait_on is neither a known name nor prefixed (rtos_"
}

run_cases "every_exported_name_is_known_or_prefixed known_prefixed_and_static_names_pass
another_name_is_found" "$@"
