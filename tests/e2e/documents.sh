#!/bin/sh
# SPDX-License-Identifier: MIT
# What the documents point at is there: files behind links, verbs of the command, options by name.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

cd "$LINNET_SOURCE_DIR" || exit 1

pages() {
    find . -name '*.md' -not -path './build/*' -not -path '*/.*/*' "$@"
}

every_link_leads_to_a_file() {
    pages | while read -r page; do
        grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' | grep -v '^[a-z]*:' | while read -r target; do
            [ -e "$(dirname "$page")/$target" ] || echo "$page: $target is not there"
        done
    done >"$work/missing"
    [ ! -s "$work/missing" ] || fail "$(cat "$work/missing")"
}

# In code: `linnet VERB …`, or a line of commands.
every_verb_that_is_named_exists() {
    ./linnet help --json | sed 's/^{"verb":"\([^"]*\)".*/\1/' >"$work/verbs"
    sed -n 's/.*__init__("linnet \([a-z]*\)".*/\1/p' tools/gdb/linnet.py >>"$work/verbs" # those are gdb's
    pages -exec grep -hoE '(^    |`)([./a-z]*/)?linnet [a-z]+' {} + | sed 's/.*linnet //' | sort -u |
        grep -vxFf "$work/verbs" >"$work/unknown" || true
    [ ! -s "$work/unknown" ] || fail "no verbs: $(cat "$work/unknown")"
}

# The page for newcomers names options; each is one of Kconfig's or of the kernel's header.
every_option_that_is_named_exists() {
    grep -ohE '`(ip)?(config|INCLUDE)_?[A-Za-z0-9_]+' docs/*.md | tr -d '`' | sort -u |
        grep -vE '^(configASSERT|INCLUDE_|ipconfig(NIC_|PHY_|USE_RMII|ETHERNET_AN_ENABLE|RAND32))$' | while read -r name; do
        grep -qrw "$name" kernel/include kernel/Kconfig net/include net/Kconfig || echo "$name"
    done >"$work/unknown"
    [ ! -s "$work/unknown" ] || fail "no options: $(cat "$work/unknown")"
}

# Each line of C that the page of drivers shows, up to its second piece, stands in the example.
the_driver_that_is_shown_is_the_one_that_is_compiled() {
    awk '/^```c/ { shown++; next } /^```/ { inside = 0 } shown == 1 && !/^```/ { print }
         /^```$/ { if (shown == 1) exit }' docs/network-drivers.md >"$work/shown"
    [ "$(wc -l <"$work/shown")" -gt 15 ] || fail 'hardly a line is shown'
    tr '\n' '\001' <"$work/shown" >"$work/flat"
    tr '\n' '\001' <docs/examples/driver/driver.c | grep -qF -f "$work/flat" ||
        fail 'docs/network-drivers.md shows another driver than docs/examples/driver/driver.c'
}

run_cases "every_link_leads_to_a_file every_verb_that_is_named_exists
every_option_that_is_named_exists the_driver_that_is_shown_is_the_one_that_is_compiled" "$@"
