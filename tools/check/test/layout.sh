#!/bin/sh
# SPDX-License-Identifier: MIT
# Every file has what its kind must have, and the check sees one that has not.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/layout.sh
spdx='SPDX-License-Identifier: ''MIT'

the_repository_is_laid_out_as_agreed() {
    "$check" "$LINNET_SOURCE_DIR"
}

plant() {
    mkdir -p "$work/libs/a/src"
    : >"$work/libs/a/README.md"
    printf '# %s\nsource "libs/a/Kconfig"\n' "$spdx" >"$work/Kconfig"
    printf '# %s\n' "$spdx" >"$work/libs/a/Kconfig"
    printf '/* %s */\n#pragma once\n' "$spdx" >"$work/libs/a/src/a.h"
    printf '#!/bin/sh\n# %s\n' "$spdx" >"$work/libs/a/run"
}

found() {
    expect_failure "$check" "$work"
    expect_text "$work/messages" "$1"
}

a_sound_component_passes() {
    plant
    "$check" "$work"
}

a_project_of_a_user_is_no_part() {
    plant
    mkdir -p "$work/blinky"
    printf 'project(blinky)\n' >"$work/blinky/CMakeLists.txt"
    found "blinky/CMakeLists.txt:1: the SPDX line is missing"
    : >"$work/blinky/linnet.path"
    "$check" "$work"
}

a_missing_spdx_line_is_found() {
    plant
    printf '/* head */\n/* %s */\n' "$spdx" >"$work/libs/a/src/a.c"
    found "libs/a/src/a.c:1: the SPDX line is missing"
    plant
    printf '#!/bin/sh\necho\n' >"$work/libs/a/run"
    found "libs/a/run:2: the SPDX line is missing"
}

a_header_without_pragma_once_is_found() {
    plant
    printf '/* %s */\n' "$spdx" >"$work/libs/a/src/a.h"
    found "libs/a/src/a.h:1: no #pragma once"
}

a_component_without_readme_is_found() {
    plant
    rm "$work/libs/a/README.md"
    found "libs/a/: no README.md"
}

a_kconfig_file_that_nobody_reads_is_found() {
    plant
    printf '# %s\n' "$spdx" >"$work/Kconfig"
    found "libs/a/Kconfig:1: not read by the Kconfig in the root"
}

run_cases "the_repository_is_laid_out_as_agreed a_sound_component_passes a_missing_spdx_line_is_found
a_header_without_pragma_once_is_found a_component_without_readme_is_found
a_kconfig_file_that_nobody_reads_is_found a_project_of_a_user_is_no_part" "$@"
