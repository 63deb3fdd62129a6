#!/bin/sh
# SPDX-License-Identifier: MIT
# Includes between components point downward and are declared, and the check sees those that are not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/includes.sh

the_repository_includes_only_downward() {
    "$check" "$LINNET_SOURCE_DIR"
}

# A tree with a kernel, a library and the seams; the library's source has the given line.
plant() {
    mkdir -p "$work/kernel/include" "$work/kernel/src" "$work/interfaces" "$work/libs/a/src" "$work/libs/log/src"
    : >"$work/kernel/include/task.h"
    : >"$work/kernel/src/ready.h"
    : >"$work/interfaces/clock.h"
    echo 'linnet_component(kernel SOURCES src/a.c DEPENDS linnet::port)' >"$work/kernel/CMakeLists.txt"
    echo 'add_library(linnet_interfaces INTERFACE)' >"$work/interfaces/CMakeLists.txt"
    echo "linnet_component(a SOURCES src/a.c $2)" >"$work/libs/a/CMakeLists.txt"
    echo 'linnet_component(log SOURCES src/log.c DEPENDS linnet::kernel)' >"$work/libs/log/CMakeLists.txt"
    echo '#include "task.h"' >"$work/libs/log/src/log.c"
    printf '/* head */\n%s\n' "$1" >"$work/libs/a/src/a.c"
}

a_declared_arrow_downward_passes() {
    plant '#include "clock.h"' 'DEPENDS linnet::interfaces'
    "$check" "$work"
}

an_undeclared_arrow_is_found() {
    plant '#include "clock.h"'
    expect_failure "$check" "$work"
    expect_text "$work/messages" 'libs/a/src/a.c:2: "clock.h" belongs to interfaces, which libs/a/CMakeLists.txt does not declare'
}

an_arrow_upward_is_found_even_if_declared() {
    plant '#include <task.h>' 'DEPENDS linnet::kernel'
    expect_failure "$check" "$work"
    expect_text "$work/messages" 'libs/a/src/a.c:2: libs/a must not include "task.h" of kernel'
}

a_private_header_of_another_component_is_found() {
    plant '#include "ready.h"'
    expect_failure "$check" "$work"
    expect_text "$work/messages" '"ready.h" is a private header of kernel'
    plant '#include "../../../kernel/src/ready.h"'
    expect_failure "$check" "$work"
}

run_cases "the_repository_includes_only_downward a_declared_arrow_downward_passes
an_undeclared_arrow_is_found an_arrow_upward_is_found_even_if_declared
a_private_header_of_another_component_is_found" "$@"
