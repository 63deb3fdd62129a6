#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: headers.sh ROOT BUILD
# Every public header (include/ of a component, interfaces/) must compile alone, first in a file and
# twice, under each compiler that is there, with the folders that the build includes from. What lies
# in ports/common/ is made to be included by a portmacro.h and is checked through that; the headers of
# C libraries that only targets have are left out.
. "$(dirname "$0")/files.sh"
cd "$1" || exit 2
commands=$2/compile_commands.json

# -I and -isystem of every compilation, each once; folders that are private to a component are left out.
include_options() {
    grep -oE -- '(-I ?|-isystem )[^ "]+' "$commands" | sed 's/^-I */-I/' | sort -u |
        grep -vE '/(src|test|harness)$|/tests/compat(_net)?/|/test/config/'
}

options=$(include_options)
defines=$(grep -oE -- '-D ?[A-Z_]+CONFIG_FILE=[^ ,]*' "$commands" | sort -u | head -n 1 | tr -d "\\\\'")

# Prints what is wrong with the header under the compiler, if anything is.
judge() {
    if command -v "$1" >/dev/null; then
        printf '#include "%s"\n#include "%s"\n' "$PWD/$2" "$PWD/$2" |
            "$1" -std=c11 -fsyntax-only -Wall -Wextra -Werror $options ${defines:+"$defines"} -x c - \
                2>"$messages/$1" >&2 ||
            printf '%s:1: does not compile alone under %s: %s\n' "$2" "$1" \
                "$(grep -m 1 error "$messages/$1")"
    fi
}

messages=$(mktemp -d) || exit 2
trap 'rm -rf "$messages"' EXIT
list_files | grep -E '(^interfaces/|/include/)([^/]*/)*[^/]*\.h$' |
    grep -vE '^ports/common/|/(newlib|picolibc)-freertos\.h$' | while IFS= read -r header; do
    judge gcc "$header" &
    judge clang "$header"
    wait
done | conclude
