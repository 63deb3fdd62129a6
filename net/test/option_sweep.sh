#!/bin/sh
# SPDX-License-Identifier: MIT
# The stack compiles without warnings whatever its options are: each boolean turned round, and numbers
# at the ends of their ranges, on top of the simulator's options.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

optgen=$LINNET_BUILD_DIR/host/optgen
cd "$LINNET_SOURCE_DIR" || exit 1
includes='-Inet/include -Inet/src -Iinterfaces -Ikernel/include -Iports/sim/include -Iports/common/include'
warnings='-Wall -Wextra -Wconversion -Wshadow -Werror -Wstrict-prototypes -Wmissing-prototypes'

# Compiles the stack, without writing code, with the given lines on top.
compile() {
    printf '%s\n' "$@" >"$work/app.config"
    "$optgen" -o "$work" Kconfig options/sim.config "$work/app.config" || fail "$*"
    printf '%s\n' net/src/*/*.c | xargs -P 2 -n 16 gcc -std=c11 -fsyntax-only $warnings \
        -Wno-unused-parameter -I"$work" $includes || fail "does not compile with: $*"
}

with_each_boolean_turned_round() {
    "$optgen" -l Kconfig | awk '$2 == "bool" && $1 ~ /^ipconfig/ { print $1 }' >"$work/names"
    compile
    cp "$work/linnet.config" "$work/before"
    while read -r name; do
        if grep -qx "$name=y" "$work/before"; then compile "$name=n"; else compile "$name=y"; fi
    done <"$work/names"
}

with_little_at_once() {
    compile ipconfigUSE_TCP=n ipconfigUSE_DNS=n ipconfigUSE_DHCP=n ipconfigUSE_DHCP_HOOK=n \
        ipconfigUSE_CALLBACKS=n ipconfigSUPPORT_SELECT_FUNCTION=n ipconfigSUPPORT_SIGNALS=n
}

# The name of each number, and its least or most.
ends() {
    awk -v most="$1" '/^config / { name = $2 }
        /^ *range [0-9]/ && name ~ /^ipconfig/ { print name "=" (most ? $3 : $2) }' net/Kconfig
}

# Everything is switched on, so that every number counts.
with_numbers_at_the_ends_of_their_ranges() {
    on=$("$optgen" -l Kconfig | awk '$2 == "bool" && $1 ~ /^ipconfig/ { print $1 "=y" }')
    compile $on $(ends 0)
    compile $on $(ends 1)
}

run_cases "with_each_boolean_turned_round with_little_at_once
with_numbers_at_the_ends_of_their_ranges" "$@"
