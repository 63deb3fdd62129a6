#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: api.sh LIST COMPILER OPTION…
# Every name of the list (header, name, kind) is declared by its header: a type, a constant, an
# object-like macro, or something to call, which may be a function or a macro.
. "$(dirname "$0")/files.sh"
list=$1
shift
source=$(mktemp --suffix=.c) || exit 2
trap 'rm -f "$source"' EXIT

# One use of each name of a header on a line of its own, whose number the compiler's message bears.
uses_of() {
    grep -v '^#' "$list" | awk -v header="$1" '
        BEGIN { printf "#include <FreeRTOS.h>\n#include <task.h>\n#include <%s>\n", header }
        $1 != header { next }
        $3 == "type" { printf "void use%d(void) { %s *p = 0; (void)p; }\n", NR, $2 }
        $3 == "constant" { printf "long use%d(void) { return (long)(%s); }\n", NR, $2 }
        $3 == "macro" { printf "#ifndef %s\n#error %s\n#endif\n", $2, $2 }
        $3 == "callable" { printf "#ifndef %s\nvoid *use%d(void) { return (void *)&%s; }\n#endif\n", $2, NR, $2 }'
}

for header in $(grep -v '^#' "$list" | cut -d' ' -f1 | sort -u); do
    uses_of "$header" >"$source"
    "$@" -w -fsyntax-only "$source" 2>&1 | sed -n 's/^[^:]*:\([0-9]*\):.*error.*/\1/p' | sort -nu |
        while read -r line; do
            echo "$list: $header does not declare: $(sed -n "${line}p" "$source")"
        done
done | conclude
