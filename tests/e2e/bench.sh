#!/bin/sh
# SPDX-License-Identifier: MIT
# `linnet bench`: one object of JSON with every row and a number in each, and the trace of a row.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
rows='cooperative preemptive interrupt_processing interrupt_preemption message synchronization
memory delay_1 delay_1000 idle_tick_1000 semaphore_round notify_round queue_round text_os ram tcb
semaphore_block mutex_block masked_max masked_max_1000 asserts_percent'
board_rows='cooperative preemptive interrupt_processing interrupt_preemption message synchronization
memory delay_1 delay_1000 idle_tick_1000 semaphore_round notify_round queue_round masked_max
masked_max_1000 context_yield context_interrupt'
network_rows='text_ipv4_os ram_idle ram_per_connection ram_ratio tcp_send_ratio tcp_recv_ratio
udp_send_ratio udp_recv_ratio segment_m3_ratio line_rate_10ms'

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

# Every board has a number in every row, but floating point, and what the CPU masks itself, where there
# is none.
every_board_has_its_figures() {
    need_emulator
    command -v qemu-system-riscv32 >/dev/null || { echo 'no qemu-system-riscv32 here'; exit 77; }
    "$linnet" bench kernel --board all --json >"$work/object" 2>"$work/messages" ||
        fail "$(cat "$work/messages")"
    [ "$(wc -l <"$work/object")" -eq 1 ] || fail 'not one line'
    expect_text "$work/object" '{"bench":"kernel","compared_with":"mps2-an385","tolerance":1.3,'
    number='[1-9][0-9]*\.[0-9]'
    for row in $board_rows; do
        grep -qE "\"name\":\"$row\",\"unit\":\"[a-z]+\",\"values\":\{\"mps2-an385\":$number,\"mps2-an386\":$number,\"riscv32-virt\":$number,\"xilinx-zynq-a9\":$number\},\"ratios\":\{\"mps2-an386\":" \
            "$work/object" || fail "not every board has a number for $row: $(cat "$work/object")"
    done
    grep -qE '"masked_entry","unit":"instructions","values":\{"mps2-an385":null,"mps2-an386":null,"riscv32-virt":[1-9]' \
        "$work/object" || fail "no number for masked_entry: $(cat "$work/object")"
    grep -qE '"context_yield_fpu","unit":"bytes","values":\{"mps2-an385":null,"mps2-an386":[1-9][0-9.]*,"riscv32-virt":null,' \
        "$work/object" || fail "no number for context_yield_fpu: $(cat "$work/object")"
}

need_peer() {
    need_emulator
    command -v valgrind >/dev/null || { echo 'no valgrind here'; exit 77; }
}

every_row_of_the_network_has_a_number_and_a_goal() {
    need_peer
    "$linnet" bench net --json >"$work/object" 2>"$work/messages" || {
        cat "$work/messages" >&2
        fail 'bench net'
    }
    [ "$(wc -l <"$work/object")" -eq 1 ] || fail 'not one line'
    expect_text "$work/object" '{"bench":"net","results":[{"name":"text_ipv4_os","value":'
    for row in $network_rows; do
        grep -qE "\"name\":\"$row\",\"value\":[0-9]+(\.[0-9]{1,2})?,\"unit\":\"[a-z]+\",\"goal\":[0-9.]+,\"better\":\"(lower|higher)\",\"peers\":\{" \
            "$work/object" || fail "no number for $row: $(cat "$work/object")"
    done
    grep -qE '"ram_idle",[^}]*"peers":{"lwIP":[0-9]+}' "$work/object" || fail 'lwIP was not measured'
}

the_figures_behind_the_rows_are_shown() {
    need_peer
    "$linnet" bench net >"$work/tables" 2>"$work/messages" || fail "$(cat "$work/messages")"
    for text in 'tcp_send, 65536 bytes at a time' 'udp_recv, 64 bytes at a time' \
        'received, its acknowledgement sent' 'a quiet connection' '24 frames, 16 connections' \
        'timestamps' '100 ms one way, 5 % lost'; do
        expect_text "$work/tables" "$text"
    done
    awk '/bytes at a time/ && !($(NF - 2) > 0 && $(NF - 1) > 0) { bad = 1 } END { exit bad }' \
        "$work/tables" || fail "$(cat "$work/tables")"
}

a_trace_of_the_network_names_functions() {
    need_peer
    "$linnet" bench net --trace udp_send_64 >"$work/trace" 2>"$work/messages" ||
        fail "$(cat "$work/messages")"
    expect_text "$work/trace" tcpip_udp_send
    expect_failure "$linnet" bench net --trace nonsense
    expect_text "$work/messages" 'there is no row'
}

run_cases "every_row_has_a_number_and_a_goal the_stated_bounds_hold a_trace_adds_up_to_the_row
an_unknown_row_is_refused every_board_has_its_figures every_row_of_the_network_has_a_number_and_a_goal
the_figures_behind_the_rows_are_shown a_trace_of_the_network_names_functions" "$@"
