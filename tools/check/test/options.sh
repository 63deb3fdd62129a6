#!/bin/sh
# SPDX-License-Identifier: MIT
# Every option is read by some source, and the check sees one that is not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/options.sh
optgen=$LINNET_BUILD_DIR/host/optgen

every_option_has_an_effect() {
    "$check" "$LINNET_SOURCE_DIR" "$optgen"
}

plant() {
    mkdir -p "$work/kernel/src"
    printf '# header FreeRTOSConfig.h: config\nconfig configA\n    bool\n' >"$work/Kconfig"
    printf '%s\n' "$@" >"$work/kernel/src/a.c"
}

found() {
    plant "$@"
    expect_failure "$check" "$work" "$optgen"
    expect_text "$work/messages" "Kconfig:2: configA is read nowhere"
}

an_option_that_is_read_passes() {
    plant 'int a = configA;'
    "$check" "$work" "$optgen"
    plant '#if configA == 1' 'int a;' '#endif'
    "$check" "$work" "$optgen"
}

a_default_a_range_or_a_comment_is_no_effect() {
    found 'int a;'
    found '#ifndef configA' '#define configA 1' '#endif'
    found '#if configA > 1' '#error "configA must be 0 or 1"' '#endif'
    found '/* configA is described here. */'
}

run_cases "every_option_has_an_effect an_option_that_is_read_passes
a_default_a_range_or_a_comment_is_no_effect" "$@"
