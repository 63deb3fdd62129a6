#!/bin/sh
# SPDX-License-Identifier: MIT
# `linnet debug` with commands from its command line: tasks and the calls of those that do not run, on
# boards and in the simulator, and nothing left behind. LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

[ "$(id -u)" = 0 ] || command -v gdb-multiarch >/dev/null || [ "${1-}" = --list ] || { echo 'no gdb-multiarch here'; exit 77; }

# A task that sleeps in waits_here, one that waits for a queue, and one that comes to stop_here.
begin() {
    "$linnet" new tasks --dir "$work" >"$work/messages"
    cat >"$work/tasks/main.c" <<'EOF'
#include <FreeRTOS.h>
#include <board.h>
#include <queue.h>
#include <task.h>

static volatile int rounds, items;
#ifdef __mips__
static volatile int product = 3; /* here is no floating point */
#else
static volatile float product = 1.5f;
#endif
static QueueHandle_t queue;

__attribute__((noinline)) static void waits_here(void)
{
    vTaskDelay(pdMS_TO_TICKS(100000));
    rounds++;
}

__attribute__((noinline)) static void takes_here(void)
{
    int item;

    items += xQueueReceive(queue, &item, portMAX_DELAY);
}

__attribute__((noinline)) void stop_here(void);
void stop_here(void)
{
    __asm volatile("" ::: "memory");
}

static void sleeper(void *argument)
{
    for (;;)
        waits_here();
}

static void reader(void *argument)
{
    for (;;)
        takes_here();
}

static void worker(void *argument)
{
    vTaskDelay(pdMS_TO_TICKS(20));
    for (;;) {
        product *= product;
        stop_here();
    }
}

int main(void)
{
    queue = xQueueCreate(1, sizeof(int));
    xTaskCreate(sleeper, "the sleeper", configMINIMAL_STACK_SIZE * 2, NULL, 3, NULL);
    xTaskCreate(reader, "reader", configMINIMAL_STACK_SIZE * 2, NULL, 2, NULL);
    xTaskCreate(worker, "worker", configMINIMAL_STACK_SIZE * 2, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
EOF
}

# debug GO OPTIONS...: runs to the third stop and asks for everything; its words are in $work/messages.
debug() {
    go=$1
    shift
    cat >"$work/commands" <<EOF
break stop_here
$go
continue 2
linnet tasks
linnet task the sleeper bt
linnet task reader bt
linnet task worker bt
linnet task nobody bt
EOF
    "$linnet" debug "$work/tasks" "$@" --batch --commands "$work/commands" -e 'linnet task' -e 'info symbol $pc' \
        >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
}

# States, stacks and places, and of each task the two newest calls of its own.
expect_tasks() {
    grep -qE '^worker +running +1 +[0-9]+ of [0-9]+ +stop_here \(' "$work/messages" || fail "$(cat "$work/messages")"
    grep -qE '^the sleeper +sleeps +3 +[0-9]+ of [0-9]+ +waits_here \(.*main.c:[0-9]+\)' "$work/messages" ||
        fail "$(cat "$work/messages")"
    grep -qE '^reader +waits +2 +[0-9]+ of [0-9]+ +takes_here \(.*main.c:[0-9]+\)' "$work/messages" ||
        fail "$(cat "$work/messages")"
    grep -qE '^IDLE +ready +0 ' "$work/messages" || fail "$(cat "$work/messages")"
    for pair in 'waits_here sleeper' 'takes_here reader' 'stop_here worker'; do
        grep -A 1 -E "^#[0-9]+ .*${pair% *} \(\)" "$work/messages" | grep -qE "^#[0-9]+ .*${pair#* } \(" ||
            fail "no $pair: $(cat "$work/messages")"
    done
    ! grep -qF ' ? (' "$work/messages" || fail "$(cat "$work/messages")"
    expect_text "$work/messages" 'there is no task `nobody`'
}

tasks_of_a_board_and_their_calls_are_shown() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        debug continue --board "$board"
        expect_tasks
        # The CPU has its own registers again: it stands where it stood.
        tail -n 3 "$work/messages" | grep -q 'stop_here' || fail "$(cat "$work/messages")"
        nothing_is_left
    done
}

tasks_of_the_simulator_and_their_calls_are_shown() {
    begin
    debug run
    expect_tasks
}

nothing_is_left() {
    sleep 0.2
    echo "$work/tasks" >"$work/pattern"
    ! grep -alF -f "$work/pattern" /proc/[0-9]*/cmdline 2>/dev/null || fail 'still there: above'
}

an_interrupt_ends_gdb_and_the_emulator() {
    begin
    board=${LINNET_TEST_ARGUMENT%% *}
    "$linnet" build "$work/tasks" --board "$board" >"$work/messages" 2>&1
    "$linnet" debug "$work/tasks" --board "$board" --batch -e 'echo attached\n' -e continue >"$work/output" 2>&1 &
    tool=$!
    for try in $(seq 200); do
        ! grep -q attached "$work/output" || break
        sleep 0.1
    done
    expect_text "$work/output" attached
    folder=$(ls -td /tmp/linnet-debug-* | head -n 1)
    kill -TERM "$tool"
    code=0
    wait "$tool" || code=$?
    [ "$code" -eq 130 ] || fail "exit code $code: $(cat "$work/output")"
    [ ! -e "$folder" ] || fail "$folder is left"
    nothing_is_left
}

a_cpu_that_no_gdb_knows_is_named() {
    expect_failure "$linnet" debug tcp_echo --board lx60-nommu --batch
    expect_text "$work/messages" 'knows Xtensa'
}

wrong_use_exits_2_and_names_the_mistake() {
    for words in 'mqtt_echo --board none' 'no_such_app --board mps2-an385' 'mqtt_echo --commands /no/file'; do
        code=0
        "$linnet" debug $words >"$work/messages" 2>&1 </dev/null || code=$?
        [ "$code" -eq 2 ] || fail "exit code $code: $words"
    done
    expect_text "$work/messages" 'no such file'
}

run_cases "tasks_of_a_board_and_their_calls_are_shown tasks_of_the_simulator_and_their_calls_are_shown
an_interrupt_ends_gdb_and_the_emulator a_cpu_that_no_gdb_knows_is_named wrong_use_exits_2_and_names_the_mistake" "$@"
