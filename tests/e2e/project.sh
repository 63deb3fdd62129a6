#!/bin/sh
# SPDX-License-Identifier: MIT
# A project outside the checkout: made, built, run, and what happens when something is in the way.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

lights_blink() {
    printf 'LED on\nLED off\nLED on\nLED off\nLED on\nLED off\n' | cmp - "$work/output"
}

a_new_project_runs_from_its_own_folder() {
    "$linnet" new blinky --dir "$work/my projects" >"$work/messages"
    cd "$work/my projects/blinky"
    for file in main.c CMakeLists.txt README.md .gitignore linnet.path; do
        [ -s "$file" ] || fail "$file is missing"
    done
    "$linnet" run >"$work/output"
    lights_blink
}

# As root the tool installs what is missing.
a_project_runs_on_an_emulated_board() {
    [ "$(id -u)" = 0 ] || command -v arm-none-eabi-gcc qemu-system-arm >/dev/null || exit 77
    "$linnet" new blinky --dir "$work" >"$work/messages"
    "$linnet" run --preset mps2-an385 "$work/blinky" >"$work/output"
    lights_blink
}

a_project_runs_by_its_path_and_under_another_name() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    mv "$work/blinky" "$work/renamed"
    (cd / && "$linnet" run "$work/renamed" >"$work/output")
    lights_blink
}

a_change_is_built_before_it_runs() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    "$linnet" build "$work/blinky" >"$work/messages"
    sed -i 's/LED %s/lamp %s/' "$work/blinky/main.c"
    "$linnet" run "$work/blinky" >"$work/output"
    expect_text "$work/output" 'lamp on'
}

an_error_in_the_source_is_shown_and_exits_1() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    echo 'int broken(void) { return nothing; }' >>"$work/blinky/main.c"
    expect_failure "$linnet" run "$work/blinky"
    expect_text "$work/messages" "main.c:"
    expect_text "$work/messages" 'the build failed'
}

a_full_disk_while_building_is_named() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    "$linnet" build "$work/blinky" >"$work/messages"
    touch "$work/blinky/main.c"
    (ulimit -f 8; "$linnet" build "$work/blinky" 2>&1) | cat >"$work/messages"
    expect_text "$work/messages" 'the disk is full, or the size of files is limited'
    expect_text "$work/messages" 'make room'
}

what_is_there_already_is_left_alone() {
    mkdir "$work/blinky"
    expect_failure "$linnet" new blinky --dir "$work"
    expect_text "$work/messages" 'there already'
    rmdir "$work/blinky"
}

a_checkout_that_moved_is_named_with_its_mend() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    echo "$work/nowhere" >"$work/blinky/linnet.path"
    expect_failure "$linnet" run "$work/blinky"
    expect_text "$work/messages" "there is no Linnet in \`$work/nowhere\`"
    expect_text "$work/messages" 'linnet.path'
}

the_readme_shows_the_first_application() {
    sed -n '/^```c$/,/^```$/p' "$LINNET_SOURCE_DIR/README.md" | sed '1d;$d' >"$work/shown"
    grep -v SPDX "$LINNET_SOURCE_DIR/docs/examples/first/main.c" | cmp - "$work/shown"
}

run_cases "a_new_project_runs_from_its_own_folder
a_project_runs_on_an_emulated_board
    a_project_runs_by_its_path_and_under_another_name a_change_is_built_before_it_runs
an_error_in_the_source_is_shown_and_exits_1
a_full_disk_while_building_is_named what_is_there_already_is_left_alone
a_checkout_that_moved_is_named_with_its_mend the_readme_shows_the_first_application" "$@"
