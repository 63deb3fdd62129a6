#!/bin/sh
# SPDX-License-Identifier: MIT
# `linnet config`: options by name, by the menu, as a list and as the reference page.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
optgen=$LINNET_BUILD_DIR/host/optgen

# A project in $work/blinky, whose options the cases change.
make_project() {
    "$linnet" new blinky --dir "$work" >"$work/messages"
    app_config=$work/blinky/app.config
}

configure() {
    "$linnet" config --app "$work/blinky" "$@"
}

a_value_set_by_name_is_the_only_line_that_is_written() {
    make_project
    configure configMAX_PRIORITIES=9 >"$work/messages"
    expect_text "$work/messages" "app.config; the next build uses it"
    [ "$(grep -v '^#' "$app_config")" = configMAX_PRIORITIES=9 ] || fail "$(cat "$app_config")"
    configure configMAX_PRIORITIES >"$work/one"
    expect_text "$work/one" configMAX_PRIORITIES=9
    expect_text "$work/one" 'range 1 255, default 7'
    expect_text "$work/one" 'Priorities run from 0'
}

the_authors_lines_and_comments_stay() {
    make_project
    printf '# mine\nconfigMAX_PRIORITIES=8   \n\n# configUSE_TIMERS is not set\n# end\n' >"$app_config"
    configure configMAX_PRIORITIES=9 configIDLE_TASK_NAME=quiet
    printf '# mine\nconfigMAX_PRIORITIES=9\n\n# configUSE_TIMERS is not set\n# end\n%s\n' \
        'configIDLE_TASK_NAME="quiet"' | diff - "$app_config"
}

one_member_of_a_choice_takes_the_place_of_the_other() {
    make_project
    configure LINNET_TICKS_64_BITS=y
    configure LINNET_TICKS_16_BITS=y
    [ "$(grep -v '^#' "$app_config")" = LINNET_TICKS_16_BITS=y ] || fail "$(cat "$app_config")"
}

what_is_not_possible_is_refused_and_nothing_is_written() {
    make_project
    expect_failure configure configMAX_PRIORITIES=1000
    expect_text "$work/messages" "its range is 1 255"
    expect_failure configure configMAX_PRIORITIS=9
    expect_text "$work/messages" "is configMAX_PRIORITIES meant?"
    expect_failure configure configUSE_MUTEXES=n configUSE_RECURSIVE_MUTEXES=y
    expect_text "$work/messages" "depends on configUSE_MUTEXES"
    expect_failure configure configUSE_TIMERS=perhaps
    expect_text "$work/messages" "write y or n"
    expect_failure configure configMAX_PRIORITIS
    expect_text "$work/messages" "did you mean:  linnet config configMAX_PRIORITIES"
    expect_failure configure --list configMAX_PRIORITIES
    [ ! -e "$app_config" ] || fail "$(cat "$app_config")"
}

a_dry_run_judges_and_writes_nothing() {
    make_project
    configure configMAX_PRIORITIES=9 --dry-run >"$work/messages"
    expect_text "$work/messages" "Would write"
    expect_failure configure configMAX_PRIORITIES=900 --dry-run
    [ ! -e "$app_config" ] || fail "written"
    (cd / && "$linnet" config configMAX_PRIORITIES=9 --dry-run >"$work/messages")
    expect_text "$work/messages" "build/sim/local.config"
}

the_list_has_every_option_with_value_and_default() {
    make_project
    configure configMAX_PRIORITIES=9
    configure --list >"$work/list"
    grep -qE '^\* configMAX_PRIORITIES +9 +7 +Number of priorities$' "$work/list" ||
        fail "$(grep configMAX_PRIORITIES "$work/list")"
    (cd "$LINNET_SOURCE_DIR" && "$optgen" -l Kconfig | cut -f1 | sort) >"$work/declared"
    awk '/^[* ] [A-Za-z]+_|^[* ] (config|ipconfig)/ { print $(/^\*/ ? 2 : 1) }' "$work/list" | sort |
        diff "$work/declared" -
    configure --list --json >"$work/json"
    [ "$(wc -l <"$work/json")" -eq "$(wc -l <"$work/declared")" ] || fail "JSON has other options"
    expect_text "$work/json" '{"name":"configMAX_PRIORITIES","type":"int","value":"9","default":"7",'
}

a_preset_has_its_own_values() {
    make_project
    configure configUSE_POSIX_ERRNO --preset sim-full >"$work/one"
    expect_text "$work/one" configUSE_POSIX_ERRNO=y
    expect_failure configure --list --preset nowhere
    expect_text "$work/messages" "there is no preset"
}

# One section per option, with its type, range, default and dependency, and a help text.
the_reference_tells_all_of_every_option() {
    "$linnet" config --reference "$work/options.md"
    (cd "$LINNET_SOURCE_DIR" && "$optgen" -l Kconfig | cut -f1) >"$work/declared"
    sed -n 's/^#### //p' "$work/options.md" | diff "$work/declared" -
    awk -v RS='\n#### ' 'NR > 1 {
        split($0, lines, "\n")
        sub(/\n##.*/, "")
        for (i = 1; i <= 4; i++) {
            field = substr("type   range  defaultdepends", i * 7 - 6, 7)
            sub(/ +$/, "", field)
            if ($0 !~ "\n\\| " field "[^|]*\\| [^|]")
                print lines[1] " has no " field
        }
        if ($0 !~ /declared in[^\n]*\n\n[^\n]/)
            print lines[1] " has no help"
    }' "$work/options.md" >"$work/missing"
    [ ! -s "$work/missing" ] || fail "$(cat "$work/missing")"
}

# Keys as a person presses them, with time for the menu to draw itself.
press() {
    sleep 1
    for key in "$@"; do
        printf "$key"
        sleep 0.2
    done
    sleep 0.5
}

the_menu_writes_what_was_chosen_and_not_what_follows() {
    command -v script >/dev/null || exit 77
    make_project
    # Kernel, Scheduling and time, the first option off, out again, save.
    press '\n' '\n' n '\t' '\n' '\t' '\n' '\t' '\n' '\n' |
        TERM=xterm script -qec "stty rows 40 cols 100; '$linnet' config --app '$work/blinky'" \
            "$work/screen" >"$work/messages" || fail "$(cat "$work/messages")"
    [ -e "$app_config" ] || fail "$(cat "$work/screen")"
    [ "$(grep -v '^#' "$app_config")" = configUSE_PREEMPTION=n ] || fail "$(cat "$app_config")"
}

the_menu_needs_a_terminal_and_says_so() {
    make_project
    expect_failure configure </dev/null
    expect_text "$work/messages" "the menu needs a terminal"
    expect_text "$work/messages" "linnet config NAME=VALUE"
}

run_cases "a_value_set_by_name_is_the_only_line_that_is_written the_authors_lines_and_comments_stay
one_member_of_a_choice_takes_the_place_of_the_other
what_is_not_possible_is_refused_and_nothing_is_written a_dry_run_judges_and_writes_nothing
the_list_has_every_option_with_value_and_default a_preset_has_its_own_values
the_reference_tells_all_of_every_option the_menu_writes_what_was_chosen_and_not_what_follows
the_menu_needs_a_terminal_and_says_so" "$@"
