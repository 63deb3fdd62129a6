#!/bin/sh
# SPDX-License-Identifier: MIT
# The one command as a user meets it: help, mistakes, exit codes, JSON, completion, and the script
# that compiles the tool.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
verbs='demo new test build run bench boards monitor debug size doctor version help completion'

# The command must end with the exit code; its words are in $work/messages.
expect_code() {
    expected=$1
    code=0
    shift
    "$@" >"$work/messages" 2>&1 </dev/null || code=$?
    [ "$code" -eq "$expected" ] || {
        cat "$work/messages" >&2
        fail "exit code $code instead of $expected: $*"
    }
}

# A checkout with the tool and nothing else, in a folder with a blank in its name.
make_checkout() {
    checkout="$work/a checkout"
    mkdir -p "$checkout/tools/linnet"
    cp "$linnet" "$LINNET_SOURCE_DIR/CMakePresets.json" "$LINNET_SOURCE_DIR/CMakeLists.txt" \
        "$checkout"
    cp -R "$LINNET_SOURCE_DIR/tools/linnet/src" "$checkout/tools/linnet"
}

without_a_verb_all_are_shown() {
    expect_code 0 "$linnet"
    for verb in $verbs; do
        expect_text "$work/messages" "  $verb "
    done
}

help_of_each_verb_opens_with_an_example() {
    for verb in $verbs; do
        expect_code 0 "$linnet" "$verb" --help
        [ "$(head -n 1 "$work/messages")" = Example: ] || fail "$verb --help has no example"
        sed -n 2p "$work/messages" | grep -q "linnet $verb" || fail "the example is not of $verb"
        expect_text "$work/messages" --json
        cp "$work/messages" "$work/by-option"
        expect_code 0 "$linnet" help "$verb"
        cmp "$work/messages" "$work/by-option"
    done
}

a_mistyped_verb_gets_a_suggestion() {
    expect_code 2 "$linnet" dmeo
    expect_text "$work/messages" 'did you mean:  linnet demo'
    expect_code 2 "$linnet" tets
    expect_text "$work/messages" 'did you mean:  linnet test'
    expect_code 2 "$linnet" frobnicate
    expect_text "$work/messages" 'linnet help'
}

wrong_use_exits_2_and_names_the_mistake() {
    expect_code 2 "$linnet" demo --bogus
    expect_text "$work/messages" bogus
    expect_code 2 "$linnet" demo --messages 0
    expect_text "$work/messages" 'from 1 to'
    expect_code 2 "$linnet" demo --messages 3x
    expect_code 2 "$linnet" demo --interval -1
    expect_code 2 "$linnet" demo --broker nonsense
    expect_text "$work/messages" HOST:PORT
    expect_code 2 "$linnet" demo --broker localhost:8883
    expect_text "$work/messages" '--ca, --cert and --key'
    expect_code 2 "$linnet" demo --ca "$0"
    expect_text "$work/messages" '--broker'
    expect_code 2 "$linnet" demo --broker localhost:8883 --ca "$work/none"
    expect_text "$work/messages" 'no such file'
    expect_code 2 "$linnet" demo --pcap "$work/none/x.pcap"
    expect_code 2 "$linnet" test --jobs none
    expect_code 2 "$linnet" test --preset none
    expect_text "$work/messages" sim-clang-asan
    expect_code 2 "$linnet" run no_such_app
    expect_code 2 "$linnet" run tcp_echo --pcap "$work/none/x.pcap"
    expect_code 2 "$linnet" run tcp_echo --board none
    expect_text "$work/messages" mps2-an385
    expect_code 2 "$linnet" demo --board microbit
    expect_text "$work/messages" 'has no network'
    expect_code 2 "$linnet" test --board none
    expect_code 2 "$linnet" test --board sim --preset sim
    expect_code 2 "$linnet" new 'Bad Name'
    expect_code 2 "$linnet" completion
}

version_is_json_on_request() {
    expect_code 0 "$linnet" version --json
    grep -q '^{"name":"linnet","version":"[0-9.]*",.*}$' "$work/messages" ||
        fail "$(cat "$work/messages")"
    expect_code 0 "$linnet" --version
    expect_text "$work/messages" "$LINNET_SOURCE_DIR"
}

doctor_marks_each_package_and_ability() {
    "$linnet" doctor >"$work/messages" || [ $? -eq 3 ]
    for subject in gcc cmake ninja-build mosquitto openssl 'network namespaces' /dev/net/tun \
        'tests against Linux'; do
        expect_text "$work/messages" "  $subject"
    done
    "$linnet" doctor --json >"$work/messages" || [ $? -eq 3 ]
    ! grep -qv '^{"subject":".*}$' "$work/messages" || fail 'a line is not JSON'
}

dry_run_shows_commands_and_does_nothing() {
    expect_code 0 "$linnet" build --dry-run
    expect_text "$work/messages" 'ninja -C'
    expect_code 0 "$linnet" run tcp_echo --pcap "$work/x.pcap" --dry-run -- --serve 7
    expect_text "$work/messages" "tcp_echo --pcap $work/x.pcap --serve 7"
    [ ! -e "$work/x.pcap" ] || fail 'a dry run captured'
    expect_code 0 "$linnet" new thing --dir "$work" --dry-run
    expect_text "$work/messages" 'would write'
    [ ! -e "$work/thing" ] || fail 'a dry run made something'
}

completion_for_bash_completes() {
    command -v bash >/dev/null || { echo 'no bash here'; exit 77; }
    "$linnet" completion bash >"$work/script"
    bash -c '. "$1"; COMP_WORDS=(linnet d); COMP_CWORD=1; _linnet; echo "${COMPREPLY[*]}"
             COMP_WORDS=(linnet demo --me); COMP_CWORD=2; _linnet; echo "${COMPREPLY[*]}"' \
        sh "$work/script" >"$work/replies"
    printf 'demo debug doctor\n--messages\n' | cmp - "$work/replies"
}

completion_for_other_shells_is_made() {
    expect_code 0 "$linnet" completion zsh
    expect_text "$work/messages" bashcompinit
    expect_code 0 "$linnet" completion fish
    expect_text "$work/messages" "'__fish_seen_subcommand_from demo' -l messages"
    expect_code 2 "$linnet" completion tcsh
}

no_colour_where_there_is_no_terminal() {
    "$linnet" doctor >"$work/messages" || [ $? -eq 3 ]
    ! grep -q "$(printf '\033')" "$work/messages" || fail 'an escape sequence in a file'
}

the_tool_is_compiled_when_needed() {
    make_checkout
    expect_code 0 "$checkout/linnet" version
    expect_text "$work/messages" "$checkout"
    [ -x "$checkout/build/host/linnet" ] || fail 'no tool was made'
    touch -d '1 hour ago' "$checkout/build/host/linnet"
    expect_code 0 "$checkout/linnet" version
    [ -z "$(find "$checkout/tools" -newer "$checkout/build/host/linnet")" ] ||
        fail 'the tool is older than its sources'
}

the_command_works_through_links_and_from_anywhere() {
    make_checkout
    mkdir "$work/bin"
    ln -s "../a checkout/linnet" "$work/bin/one"
    ln -s "$work/bin/one" "$work/bin/two"
    (cd / && expect_code 0 "$work/bin/two" version)
    expect_text "$work/messages" "$checkout"
    (cd "$checkout/tools" && expect_code 0 ../linnet version)
    expect_text "$work/messages" "$checkout"
}

a_tool_that_does_not_compile_exits_3() {
    make_checkout
    echo '#error broken' >"$checkout/tools/linnet/src/main.c"
    expect_code 3 "$checkout/linnet" version
    expect_text "$work/messages" 'did not compile'
}

bench_takes_the_boards_that_are_measured() {
    expect_code 2 "$linnet" bench kernel --board nowhere
    expect_text "$work/messages" 'there is no board `nowhere`'
    expect_code 2 "$linnet" bench kernel --board microbit
    expect_text "$work/messages" 'not measured on `microbit`'
    expect_text "$work/messages" 'mps2-an385 mps2-an386 riscv32-virt xilinx-zynq-a9'
    expect_code 2 "$linnet" bench net --board riscv32-virt
    expect_text "$work/messages" 'measured on mps2-an385'
    expect_code 2 "$linnet" bench kernel --board all --trace cooperative
    expect_text "$work/messages" 'one board'
    expect_code 2 "$linnet" bench kernel --board all --suite
    expect_text "$work/messages" 'without --board'
    expect_code 0 "$linnet" bench kernel --board all --dry-run
    for board in mps2-an385 mps2-an386 riscv32-virt xilinx-zynq-a9; do
        expect_text "$work/messages" "build/$board bench_rows"
    done
    expect_code 0 "$linnet" bench kernel --board riscv32-virt --dry-run
    expect_text "$work/messages" 'build/mps2-an385 bench_rows'
    expect_text "$work/messages" 'build/riscv32-virt bench_rows'
    ! grep -q zynq "$work/messages" || fail "$(cat "$work/messages")"
}

run_cases "without_a_verb_all_are_shown help_of_each_verb_opens_with_an_example
a_mistyped_verb_gets_a_suggestion wrong_use_exits_2_and_names_the_mistake
version_is_json_on_request doctor_marks_each_package_and_ability
dry_run_shows_commands_and_does_nothing completion_for_bash_completes
completion_for_other_shells_is_made no_colour_where_there_is_no_terminal
the_tool_is_compiled_when_needed the_command_works_through_links_and_from_anywhere
a_tool_that_does_not_compile_exits_3 bench_takes_the_boards_that_are_measured" "$@"
