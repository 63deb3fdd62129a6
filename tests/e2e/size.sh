#!/bin/sh
# SPDX-License-Identifier: MIT
# What `linnet size` says of an image: components that add up, stacks with their calls, mistakes.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
board=lm3s6965evb

begin() {
    [ "$(id -u)" = 0 ] || command -v arm-none-eabi-gcc >/dev/null || { echo 'no compiler here'; exit 77; }
}

expect_code() {
    expected=$1
    code=0
    shift
    "$@" >"$work/messages" 2>&1 </dev/null || code=$?
    [ "$code" -eq "$expected" ] || fail "exit code $code instead of $expected: $(cat "$work/messages")"
}

components_add_up_to_what_the_image_takes() {
    begin
    "$linnet" size mqtt_echo --board $board --json >"$work/output" 2>"$work/messages" || fail "$(cat "$work/messages")"
    ! grep -v '^{.*}$' "$work/output" || fail 'a line is not JSON'
    sed -n 's/^{"component":"\(.*\)","program":\([0-9]*\),"ram":\([0-9]*\)}$/\1,\2,\3/p' "$work/output" >"$work/rows"
    awk -F, '$1 == "total" { program = $2; ram = $3; next } { p += $2; r += $3 }
             END { exit !(p == program && r == ram && p > 100000 && r > 40000) }' "$work/rows" || fail "$(cat "$work/rows")"
    awk -F, '$1 == "tls" && $2 < 40000 || $1 == "other" && $2 > 1000 || $1 == "kernel" && $2 < 5000 ||
             $1 == "net" && ($2 < 15000 || $3 < 6000) || $1 == "libs" && $2 < 3000 { exit 1 }' \
        "$work/rows" || fail "$(cat "$work/rows")"
    arm-none-eabi-size "$LINNET_SOURCE_DIR/build/$board/bin/mqtt_echo.elf" | awk 'NR == 2 { print $1 + $2 "," $2 + $3 }' \
        >"$work/binutils"
    [ "$(sed -n 's/^total,//p' "$work/rows")" = "$(cat "$work/binutils")" ] || fail "$(cat "$work/rows" "$work/binutils")"
    for task in echo_task idle timer_task stack_task; do
        grep -q "^{\"task\":\"$task\",\"stack\":[1-9]" "$work/output" || fail "no $task: $(cat "$work/output")"
    done
}

# An application whose task needs 1000 bytes in one function, calls through a pointer, recurses, and has an
# array whose size is known at run time.
make_deep() {
    "$linnet" new deep --dir "$work" >"$work/messages"
    cat >"$work/deep/main.c" <<'EOF'
#include <FreeRTOS.h>
#include <board.h>
#include <string.h>
#include <task.h>

static volatile int limit = 3;
static int (*volatile pointer)(int);

__attribute__((noinline)) static int wide(int value)
{
    volatile char bytes[1000];
    memset((char *)bytes, value, sizeof bytes);
    return bytes[limit];
}

__attribute__((noinline)) static int climb(int value)
{
    return value > limit ? wide(value) : climb(value + 1) + limit;
}

__attribute__((noinline)) static int leap(int value)
{
    return pointer(value) + limit;
}

__attribute__((noinline)) static int stretch(int size)
{
    volatile char bytes[size];
    memset((char *)bytes, 1, (size_t)size);
    return bytes[size / 2] + limit;
}

static void deep_task(void *argument)
{
    pointer = wide;
    board_exit(climb(0) + leap(1) + stretch(limit) > 0 ? 0 : 1);
}

int main(void)
{
    xTaskCreate(deep_task, "deep", 512, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
EOF
}

a_task_is_measured_and_what_has_no_bound_is_named() {
    begin
    make_deep
    expect_code 0 "$linnet" size "$work/deep" --board $board -v
    awk '$1 == "deep_task" { found = $2 } END { exit !(found > 1000 && found < 1400) }' "$work/messages" ||
        fail "$(cat "$work/messages")"
    grep -q 'deepest: deep_task [0-9]*, climb [0-9]*, wide 10[0-9]*' "$work/messages" || fail "$(cat "$work/messages")"
    grep -q 'call through pointers: .*leap' "$work/messages" || fail "$(cat "$work/messages")"
    grep -q 'recursion: .*climb -> climb' "$work/messages" || fail "$(cat "$work/messages")"
    grep -q 'size set at run time: .*stretch' "$work/messages" || fail "$(cat "$work/messages")"
}

wrong_use_exits_2_and_names_the_mistake() {
    expect_code 2 "$linnet" size mqtt_echo
    expect_text "$work/messages" '--board'
    expect_code 2 "$linnet" size mqtt_echo --board none
    expect_text "$work/messages" $board
    expect_code 2 "$linnet" size no_such_app --board $board
    expect_code 2 "$linnet" size mqtt_echo --board sim
    expect_text "$work/messages" 'memory of its host'
    expect_code 2 "$linnet" size tcp_echo --board $board --budget
    expect_text "$work/messages" 'has no budget'
    expect_code 2 "$linnet" size mqtt_echo --board mps2-an385 --budget
    expect_text "$work/messages" 'has no budget'
}

run_cases "components_add_up_to_what_the_image_takes a_task_is_measured_and_what_has_no_bound_is_named
wrong_use_exits_2_and_names_the_mistake" "$@"
