#!/bin/sh
# SPDX-License-Identifier: MIT
# Every name of the kernel's API is there when all options are on, and the check sees one that is not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/api.sh
names=$LINNET_SOURCE_DIR/tools/check/api-kernel.txt

check_with_all_options() {
    cd "$LINNET_SOURCE_DIR"
    "$LINNET_BUILD_DIR/host/optgen" -o "$work" Kconfig options/sim.config options/sim-full.config
    "$check" "$1" gcc -I"$work" -Ikernel/include -Iports/sim/include -Iports/common/include -Iinterfaces
}

every_name_of_the_kernel_is_declared() {
    check_with_all_options "$names"
}

a_missing_name_is_found() {
    for kind in type constant macro callable; do
        printf 'queue.h no_such_name %s\n' "$kind" >"$work/names"
        expect_failure check_with_all_options "$work/names"
        expect_text "$work/messages" no_such_name
    done
}

run_cases "every_name_of_the_kernel_is_declared a_missing_name_is_found" "$@"
