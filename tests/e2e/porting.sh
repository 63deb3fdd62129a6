#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/porting.md: its commands lead from the copy of a port to a test that passes on it.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

# A copy of the checkout, without what is built.
copy_checkout() {
    mkdir "$work/checkout"
    (cd "$LINNET_SOURCE_DIR" && tar cf - --exclude=./build --exclude=./.git .) | tar xf - -C "$work/checkout"
}

the_commands_of_the_page_lead_to_a_passing_test() {
    [ "$(id -u)" = 0 ] || command -v arm-none-eabi-gcc qemu-system-arm >/dev/null || exit 77
    copy_checkout
    sed -n '/^```sh$/,/^```$/{/^```/d;p}' "$LINNET_SOURCE_DIR/docs/porting.md" >"$work/commands"
    [ "$(wc -l <"$work/commands")" -gt 6 ] || fail 'the page has hardly a command'
    # The network's sources are there already.
    mkdir -p "$work/checkout/build"
    ln -s "$LINNET_SOURCE_DIR/build/third_party" "$work/checkout/build/third_party"
    cd "$work/checkout"
    sh -e "$work/commands" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
    grep -qE '^my-board: [1-9][0-9]* passed, 0 failed$' "$work/messages" || fail "$(cat "$work/messages")"
}

run_cases the_commands_of_the_page_lead_to_a_passing_test "$@"
