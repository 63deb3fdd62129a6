#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: options.sh ROOT OPTGEN
# Every option does something: some C source or header reads the macro, other than to give it a default
# or to check its range. Options of features that do not exist are not options.
. "$(dirname "$0")/files.sh"
optgen=$2
cd "$1" || exit 2

# Words of the lines that use options; comments, defaults (#ifndef and its #define) and checks (an #if
# before an #error) are left out.
words_in_use() {
    list_files | grep -E '\.([chS]|inc)$' | grep -vE '(^|/)(test|tests|fuzz)/' | xargs -r awk '
        function emit(line) { gsub(/[^A-Za-z0-9_]+/, "\n", line); print line }
        /^[ \t]*\/?\*/ { next }
        /^#error/ { held = ""; next }
        { emit(held); held = "" }
        /^#ifndef/ { guarded = $2; next }
        /^#define/ && $2 == guarded { guarded = ""; next }
        /^#if|\\$/ { held = held $0; next }
        { emit($0) }
        END { emit(held) }' | sort -u
}

words=$(mktemp) || exit 2
trap 'rm -f "$words"' EXIT
words_in_use >"$words"
"$optgen" -l Kconfig | grep -v '^LINNET_' | awk -F '\t' '
    FILENAME == "-" { place[$1] = $3; next }
    { used[$1] = 1 }
    END {
        for (name in place)
            if (!(name in used))
                print place[name] ": " name " is read nowhere; give it its effect or take it out"
    }' - "$words" | sort | conclude
