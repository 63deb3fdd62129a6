#!/bin/sh
# SPDX-License-Identifier: MIT
# The test runner, with test programs that pass, fail, are skipped, crash, hang and leave a daemon.
# They are listed in the tests.txt of a folder of their own that passes for a built checkout.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

begin() {
    checkout=$work/checkout
    build=$checkout/build/sim
    mkdir -p "$checkout/build/host" "$build"
    cp "$LINNET_SOURCE_DIR/build/host/linnet" "$checkout/build/host"
    cp "$LINNET_SOURCE_DIR/CMakePresets.json" "$checkout"
    printf 'rule nothing\n  command = true\n' >"$build/build.ninja"
    cat >"$work/program" <<'END'
#!/bin/sh
case $1 in
--list) echo "$LINNET_TEST_CASES" | tr ' ' '\n' ;;
good | ledger_7_good) echo fine ;;
wordy) yes words | head -c 600000; echo "this is why"; exit 1 ;;
bad | ledger_7_bad | ledger_9_bad) echo "this <is> why"; exit 1 ;;
absent | ledger_8_absent) echo "no such machine"; exit 77 ;;
crash) kill -SEGV $$ ;;
hang) sleep 60 ;;
daemon) setsid sh -c 'sleep 61; :' "${0%program}daemon" & sleep 0.2 ;;
esac
END
    chmod +x "$work/program"
    printf 'sample\tcase\t2\tfast\t%s\nlong\tcase\t2\tnight\t%s\n' "$work/program" \
        "$work/program" >"$build/tests.txt"
}

# Runs the cases that are named; the exit code is in $code, the words in $work/messages.
run_tests() {
    code=0
    LINNET_TEST_CASES=$1
    export LINNET_TEST_CASES
    shift
    "$checkout/build/host/linnet" test "$@" >"$work/messages" 2>&1 || code=$?
}

expect_last() {
    [ "$(tail -n 1 "$work/messages")" = "$1" ] || { cat "$work/messages" >&2; fail "not: $1"; }
    [ "$code" -eq "$2" ] || fail "exit code $code instead of $2"
}

all_passed_ends_in_exactly_that_line() {
    begin
    run_tests good
    expect_last '1 passed, 0 failed' 0
}

a_failure_is_shown_with_its_output() {
    begin
    run_tests 'good bad crash'
    expect_last '1 passed, 2 failed' 1
    expect_text "$work/messages" 'this <is> why'
    expect_text "$work/messages" 'sample.crash  (ended by signal 11)'
}

of_a_long_output_the_end_is_shown() {
    begin
    run_tests wordy
    expect_last '0 passed, 1 failed' 1
    expect_text "$work/messages" 'this is why'
    [ "$(wc -c <"$work/messages")" -lt 400000 ] || fail "all of it was kept"
}

a_skipped_test_is_told_and_fails_in_ci() {
    begin
    CI= run_tests 'good absent'
    expect_last '1 passed, 0 failed, 1 skipped' 0
    expect_text "$work/messages" 'no such machine'
    CI=true run_tests 'good absent'
    expect_last '1 passed, 1 failed' 1
}

a_hanging_test_is_ended_with_all_it_started() {
    begin
    run_tests 'hang good'
    expect_last '1 passed, 1 failed' 1
    expect_text "$work/messages" 'took longer than 2 s'
}

a_daemon_does_not_outlive_the_run() {
    begin
    run_tests daemon
    expect_last '1 passed, 0 failed' 0
    echo "$work/daemon" >"$work/pattern"
    ! grep -alF -f "$work/pattern" /proc/[0-9]*/cmdline 2>/dev/null || fail 'the daemon lives'
}

filters_night_and_list_choose_the_cases() {
    begin
    run_tests 'good bad' good
    expect_last '1 passed, 0 failed' 0
    run_tests 'good bad' --list
    printf 'sample.good\nsample.bad\n' | cmp - "$work/messages"
    run_tests good --night
    expect_last '2 passed, 0 failed' 0
    run_tests good nothing
    expect_last "  to do: see their names:  linnet test --list" 2
}

junit_xml_is_well_formed() {
    begin
    CI= run_tests 'good bad absent' --junit "$work/results.xml"
    expect_text "$work/results.xml" '<testsuite name="linnet" tests="3" failures="1" skipped="1">'
    expect_text "$work/results.xml" 'this &lt;is&gt; why'
    if command -v xmllint >/dev/null; then
        xmllint --noout "$work/results.xml"
    fi
}

json_has_one_value_a_line() {
    begin
    run_tests 'good bad' --json
    grep -q '^{"passed":1,"failed":1,"skipped":0}$' "$work/messages"
    grep -q '^{"test":"sample.good","verdict":"passed",' "$work/messages"
}

# A board of the checkout, whose build lists the same program.
add_board() {
    mkdir -p "$checkout/boards/$1" "$checkout/build/$1"
    cp "$LINNET_SOURCE_DIR/boards/$1/board.conf" "$checkout/boards/$1"
    cp "$build/build.ninja" "$build/tests.txt" "$checkout/build/$1"
}

without_a_choice_boards_run_too() {
    begin
    [ "$(id -u)" = 0 ] || command -v arm-none-eabi-gcc qemu-system-arm >/dev/null || exit 77
    add_board mps2-an385
    add_board lm3s6965evb
    run_tests 'good bad'
    expect_last '3 passed, 3 failed' 1
    for machine in sim lm3s6965evb mps2-an385; do
        grep -qx "$machine: 1 passed, 1 failed" "$work/messages" || fail "$(cat "$work/messages")"
        grep -qE "^$machine +1 +1 +0\$" "$work/messages" || fail "$(cat "$work/messages")"
    done
    for words in '--preset sim' good '--board lm3s6965evb'; do
        run_tests good $words
        [ "$(grep -c '1 passed, 0 failed' "$work/messages")" -eq 1 ] || fail "$words: $(cat "$work/messages")"
    done

    # One that comes to no test is a failure, and keeps nobody from running.
    echo nonsense >>"$checkout/build/lm3s6965evb/tests.txt"
    run_tests good
    expect_last '2 passed, 1 failed' 3
    expect_text "$work/messages" 'came to no test'

    # Where the simulator comes to none, no board is tried.
    echo nonsense >>"$build/tests.txt"
    run_tests good
    [ "$code" -eq 3 ] || fail "exit code $code"
    ! grep -q 'passed, ' "$work/messages" || fail "$(cat "$work/messages")"
}

ledger_has_a_line_for_each_class() {
    begin
    CI= run_tests 'good ledger_7_good ledger_8_absent ledger_9_bad' --ledger
    [ "$code" -eq 1 ] || fail "exit code $code"
    [ "$(grep -cP '^[0-9]+\t.*\t(pass|fail|absent)$' "$work/messages")" -eq 45 ] || fail 'not 45 lines'
    grep -qP '^1\t\tabsent$' "$work/messages"
    grep -qP '^7\tsample.ledger_7_good\tpass$' "$work/messages"
    grep -qP '^8\tsample.ledger_8_absent\tabsent$' "$work/messages"
    grep -qP '^9\tsample.ledger_9_bad\tfail$' "$work/messages"
    run_tests 'ledger_7_good ledger_7_bad' --ledger
    grep -qP '^7\tsample.ledger_7_good sample.ledger_7_bad\tfail$' "$work/messages"
}

a_broken_list_is_named_with_its_line() {
    begin
    echo nonsense >>"$build/tests.txt"
    run_tests good
    [ "$code" -eq 3 ] || fail "exit code $code"
    expect_text "$work/messages" 'tests.txt, line 3 is no test'
}

an_interrupt_ends_the_run() {
    begin
    add_board mps2-an385
    add_board lm3s6965evb
    for words in '' '--preset sim' '--board all'; do
        LINNET_TEST_CASES='hang hang hang' "$checkout/build/host/linnet" test $words >"$work/messages" 2>&1 &
        tool=$!
        sleep 0.5
        kill -INT "$tool"
        code=0
        wait "$tool" || code=$?
        [ "$code" -eq 130 ] || fail "exit code $code: $words"
        ! grep -q 'passed, ' "$work/messages" || fail "$(cat "$work/messages")"
    done
}

run_cases "all_passed_ends_in_exactly_that_line a_failure_is_shown_with_its_output of_a_long_output_the_end_is_shown
a_skipped_test_is_told_and_fails_in_ci a_hanging_test_is_ended_with_all_it_started
a_daemon_does_not_outlive_the_run filters_night_and_list_choose_the_cases junit_xml_is_well_formed
json_has_one_value_a_line without_a_choice_boards_run_too ledger_has_a_line_for_each_class a_broken_list_is_named_with_its_line an_interrupt_ends_the_run" "$@"
