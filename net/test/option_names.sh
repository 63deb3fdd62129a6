#!/bin/sh
# SPDX-License-Identifier: MIT
# What a FreeRTOSIPConfig.h of a user's may say: options whose feature is not there are refused by their
# name, but may be off; older names stand for newer ones; what has nothing to tune may have any value.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
cd "$LINNET_SOURCE_DIR" || exit 1

# Compiles a line of C with these lines as FreeRTOSIPConfig.h.
try() {
    printf '%s\n' '#include "FreeRTOS.h"' '#include "FreeRTOSIPConfigDefaults.h"' "$1" >"$work/try.c"
    shift
    printf '#define %s\n' "$@" >"$work/FreeRTOSIPConfig.h"
    gcc -std=c11 -fsyntax-only -Wall -Wextra -Werror -I"$work" -I"$LINNET_BUILD_DIR/options" -Inet/include \
        -Ikernel/include -Iports/sim/include -Iports/common/include "$work/try.c" 2>"$work/messages"
}

refused=net/include/tcpip_refused.h

what_is_not_there_is_refused_by_name() {
    names=$(sed -n 's/^#error "\([A-Za-z0-9_]*\) must be.*/\1/p' "$refused")
    [ "$(echo "$names" | wc -w)" -ge 7 ] || fail "hardly a name in $refused: $names"
    for name in $names; do
        value=1
        [ "$name" != ipconfigUSE_IPv4 ] || value=0
        ! try '' "$name $value" || fail "$name $value compiles"
        grep -q "$name must be" "$work/messages" || fail "$name: $(cat "$work/messages")"
        try '' "$name $((1 - value))" || fail "$name off: $(cat "$work/messages")"
    done
}

a_wrong_byte_order_is_refused() {
    try '' 'ipconfigBYTE_ORDER pdFREERTOS_LITTLE_ENDIAN' || fail "$(cat "$work/messages")"
    ! try '' 'ipconfigBYTE_ORDER pdFREERTOS_BIG_ENDIAN' || fail 'a wrong byte order compiles'
    grep -q 'contradicts the compiler' "$work/messages" || fail "$(cat "$work/messages")"
}

older_names_stand_for_newer_ones() {
    sed -n 's/^#define \(ipconfig[A-Za-z_]*\) \(ipconfig[A-Za-z_]*\)$/\1 \2/p' net/include/tcpip_renamed.h \
        >"$work/pairs"
    [ "$(wc -l <"$work/pairs")" -ge 12 ] || fail 'hardly a name'
    while read -r new old; do
        try "_Static_assert($new == 77, \"\");" "$old 77" || fail "$old: $(cat "$work/messages")"
        try "_Static_assert($new == 78, \"\");" "$old 77" "$new 78" || fail "$old with $new"
    done <"$work/pairs"
}

what_has_nothing_to_tune_may_have_any_value() {
    sed -n '/nothing to tune/,$ s/^#define \(ipconfig[A-Za-z_]*\) .*/\1/p' "$refused" >"$work/names"
    [ "$(wc -l <"$work/names")" -ge 10 ] || fail 'hardly a name'
    while read -r name; do
        try '' "$name 1" || fail "$name: $(cat "$work/messages")"
    done <"$work/names"
}

a_number_out_of_its_range_is_refused() {
    for line in 'ipconfigNETWORK_MTU 100' 'ipconfigEVENT_QUEUE_LENGTH 3' 'ipconfigBUFFER_PADDING 4' \
        'ipconfigPHY_LS_LOW_CHECK_TIME_MS 0' 'ipconfigBERKELEY_DESCRIPTORS 0' \
        'ipconfigTCP_HANG_PROTECTION_TIME 0' 'ipconfigETHERNET_MINIMUM_PACKET_BYTES 65'; do
        ! try '' "$line" || fail "$line compiles"
        grep -q "${line% *}" "$work/messages" || fail "$line: $(cat "$work/messages")"
    done
    try '' 'ipconfigBUFFER_PADDING 4' 'ipconfigSUPPRESS_BUFFER_PADDING_CHECK 1' ||
        fail "$(cat "$work/messages")"
}

run_cases "what_is_not_there_is_refused_by_name a_wrong_byte_order_is_refused
older_names_stand_for_newer_ones what_has_nothing_to_tune_may_have_any_value
a_number_out_of_its_range_is_refused" "$@"
