#!/bin/sh
# SPDX-License-Identifier: MIT
# A configuration that relies on what this kernel does not have, or that contradicts itself, is told so by
# the compiler, with the name of the option.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
cd "$LINNET_SOURCE_DIR" || exit 1

# Compiles the source that checks ranges, with the given lines after the configuration.
compile() {
    "$LINNET_BUILD_DIR/host/optgen" -o "$work" Kconfig options/sim.config
    printf '%s\n' "$@" >"$work/FreeRTOSConfig_app.h"
    gcc -std=c11 -w -fsyntax-only -I"$work" -Ikernel/include -Ikernel/src -Iports/sim/include \
        -Iports/common/include -Iinterfaces kernel/src/option_ranges.c
}

features_that_are_not_there_are_refused_by_name() {
    compile
    for name in configENABLE_MPU configUSE_MPU_WRAPPERS_V1 configENABLE_ACCESS_CONTROL_LIST \
        configINCLUDE_APPLICATION_DEFINED_PRIVILEGED_FUNCTIONS configENABLE_TRUSTZONE \
        configRUN_FREERTOS_SECURE_ONLY configENABLE_PAC configENABLE_BTI configRUN_MULTIPLE_PRIORITIES \
        configUSE_CORE_AFFINITY configUSE_TASK_PREEMPTION_DISABLE configUSE_PASSIVE_IDLE_HOOK \
        configUSE_ALTERNATIVE_API configINCLUDE_FREERTOS_TASK_C_ADDITIONS_H \
        configRUN_ADDITIONAL_TESTS; do
        compile "#define $name 0"
        expect_failure compile "#define $name 1"
        expect_text "$work/messages" "#error \"$name must be 0: "
    done
    compile '#define configNUMBER_OF_CORES 1'
    expect_failure compile '#define configNUMBER_OF_CORES 2'
    expect_text "$work/messages" '#error "configNUMBER_OF_CORES must be 1: '
}

# Usage: refuses NAME VALUE [LINE…]: the message must begin with the name.
refuses() {
    name=$1 value=$2
    shift 2
    expect_failure compile "#undef $name" "#define $name $value" "$@"
    expect_text "$work/messages" "\"$name"
}

values_out_of_range_are_refused_by_name() {
    refuses configMAX_PRIORITIES 0
    refuses configMAX_PRIORITIES 256
    refuses configMAX_TASK_NAME_LEN 0
    refuses configTASK_NOTIFICATION_ARRAY_ENTRIES 0
    refuses configCHECK_FOR_STACK_OVERFLOW 3
    refuses configMAX_CO_ROUTINE_PRIORITIES 0
    refuses configSTATS_BUFFER_MAX_LENGTH 0
    refuses configTIMER_TASK_PRIORITY 7
}

contradictions_are_refused_by_name() {
    refuses configUSE_RECURSIVE_MUTEXES 1 '#undef configUSE_MUTEXES' '#define configUSE_MUTEXES 0'
    refuses configSUPPORT_STATIC_ALLOCATION 0 '#undef configSUPPORT_DYNAMIC_ALLOCATION' \
        '#define configSUPPORT_DYNAMIC_ALLOCATION 0'
    refuses configUSE_CO_ROUTINES 1 '#undef configSUPPORT_DYNAMIC_ALLOCATION' \
        '#define configSUPPORT_DYNAMIC_ALLOCATION 0'
    refuses configUSE_NEWLIB_REENTRANT 1 '#undef configUSE_PICOLIBC_TLS' \
        '#define configUSE_PICOLIBC_TLS 1'
    expect_failure compile '#undef configUSE_C_RUNTIME_TLS_SUPPORT' \
        '#define configUSE_C_RUNTIME_TLS_SUPPORT 1'
    expect_text "$work/messages" 'configUSE_C_RUNTIME_TLS_SUPPORT needs configTLS_BLOCK_TYPE'
}

run_cases "features_that_are_not_there_are_refused_by_name values_out_of_range_are_refused_by_name
contradictions_are_refused_by_name" "$@"
