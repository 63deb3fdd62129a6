#!/bin/sh
# SPDX-License-Identifier: MIT
# Every name of the kernel's and the network's API is there when all options are on, and the check sees
# one that is not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/api.sh
lists=$LINNET_SOURCE_DIR/tools/check

# LIST [OPTION=VALUE]…
check_with_all_options() {
    cd "$LINNET_SOURCE_DIR"
    cp options/sim-full.config "$work/app.config"
    list=$1
    shift
    printf '%s\n' "$@" >>"$work/app.config"
    "$LINNET_BUILD_DIR/host/optgen" -o "$work" Kconfig options/sim.config "$work/app.config"
    "$check" "$list" gcc -I"$work" -Ikernel/include -Inet/include -Iports/sim/include \
        -Iports/common/include -Iinterfaces
}

every_name_of_the_kernel_is_declared() {
    check_with_all_options "$lists/api-kernel.txt"
}

every_name_of_the_network_is_declared() {
    check_with_all_options "$lists/api-net.txt"
}

every_name_of_the_single_interface_is_declared() {
    check_with_all_options "$lists/api-net-single.txt" ipconfigIPv4_BACKWARD_COMPATIBLE=y
}

a_missing_name_is_found() {
    for kind in type constant macro callable; do
        printf 'queue.h no_such_name %s\n' "$kind" >"$work/names"
        expect_failure check_with_all_options "$work/names"
        expect_text "$work/messages" no_such_name
    done
}

run_cases "every_name_of_the_kernel_is_declared every_name_of_the_network_is_declared
every_name_of_the_single_interface_is_declared a_missing_name_is_found" "$@"
