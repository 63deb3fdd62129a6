#!/bin/sh
# SPDX-License-Identifier: MIT
# `linnet bench`: one object of JSON with every row and a number in each, and the trace of a row.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
rows='cooperative preemptive interrupt_processing interrupt_preemption message synchronization
memory delay_1 delay_1000 idle_tick_1000 semaphore_round notify_round queue_round text_os ram tcb
semaphore_block mutex_block masked_max masked_max_1000 asserts_percent'

need_emulator() {
    command -v qemu-system-arm >/dev/null && command -v arm-none-eabi-gcc >/dev/null || {
        echo 'no qemu-system-arm or arm-none-eabi-gcc here'
        exit 77
    }
}

every_row_has_a_number_and_a_goal() {
    need_emulator
    "$linnet" bench kernel --json >"$work/object" 2>"$work/messages" || {
        cat "$work/messages" >&2
        fail 'bench kernel'
    }
    [ "$(wc -l <"$work/object")" -eq 1 ] || fail 'not one line'
    expect_text "$work/object" '{"bench":"kernel","results":[{"name":"cooperative","value":'
    for row in $rows; do
        grep -qE "\"name\":\"$row\",\"value\":-?[0-9]+(\.[0-9])?,\"unit\":\"[a-z]+\",\"goal\":[0-9]+,\"better\":\"lower\",\"peers\":\{" \
            "$work/object" || fail "no number for $row: $(cat "$work/object")"
    done
    expect_text "$work/object" '"peers":{"FreeRTOS":58,"ThreadX":66,"ChibiOS":57}'
}

# What kernel/DESIGN.md states of sleepers and masked sections.
the_stated_bounds_hold() {
    need_emulator
    "$linnet" bench kernel >"$work/table" 2>"$work/messages" || fail "$(cat "$work/messages")"
    awk -F'[ ,;:]+' '
        /^delay_1000: / {
            for (i = 2; i < NF; i++) {
                if ($i ~ /^(last|first|random|equal)$/) { orders++; if ($(i + 1) > 200) bad = 1 }
                if ($i == "sooner") { orders++; if ($(i + 1) > 600) bad = 1 }
            }
        }
        /^masked_max(_1000)? / { rows++; if ($2 > 100) bad = 1 }
        END { exit !(orders == 5 && rows == 2 && !bad) }' "$work/table" ||
        fail "$(cat "$work/table")"
}

a_trace_adds_up_to_the_row() {
    need_emulator
    "$linnet" bench kernel --trace semaphore_round >"$work/trace" 2>"$work/messages" ||
        fail "$(cat "$work/messages")"
    expect_text "$work/trace" PendSV_Handler
    expect_text "$work/trace" 'over 100 operations of semaphore_round'
    awk '/in all/ { all = $1; next } $1 + 0 > 0 { sum += $1 }
         END { exit !(all > 50 && sum > all - 2 && sum < all + 0.1) }' "$work/trace" ||
        fail "$(cat "$work/trace")"
}

an_unknown_row_is_refused() {
    need_emulator
    expect_failure "$linnet" bench kernel --trace nonsense
    expect_text "$work/messages" 'there is no such row'
}

run_cases "every_row_has_a_number_and_a_goal the_stated_bounds_hold a_trace_adds_up_to_the_row
an_unknown_row_is_refused" "$@"
