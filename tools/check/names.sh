#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: names.sh ROOT BUILD
# Every symbol that our components' static libraries export must be a known name of the API
# (known-names/*.txt) or bear a prefix of its component, so that it links with everybody's code.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/files.sh"
components=$(cd "$1" && list_files | grep -E '(^|/)CMakeLists\.txt$' |
    xargs -r sed -n 's/^[[:space:]]*linnet_component(\([a-z0-9_]*\).*/liblinnet_\1.a/p')
cd "$2" || exit 2

# Prefixes that a library may use besides the known names: those of its folder, or its own name, the
# last part of that, and linnet_.
prefixes_of() {
    own=$(basename "$1" .a)
    own=${own#liblinnet_}
    case $1 in
    kernel/*) echo rtos_ ;;
    ports/*) echo 'rtos_ sim_ strtok' ;; # the simulator's is the task's own
    net/*) echo tcpip_ ;;
    boards/*) echo 'board_ sim_ rtos_assert_failed' ;;
    libs/tls/*) echo 'tls_ linnet_ mbedtls_' ;; # what Mbed TLS asks its platform for
    *) echo "${own}_ ${own##*_}_ $(echo "$own" | tr a-z A-Z)_ linnet_" ;;
    esac
}

exported() {
    nm -A -g --defined-only "$1" 2>/dev/null | awk -v prefixes="$(prefixes_of "$1")" '
        NF >= 3 && $(NF - 1) ~ /^[A-Z]$/ { print $1, $NF, prefixes }'
}

find kernel ports net libs drivers boards -name '*.a' 2>/dev/null | sort | while IFS= read -r library; do
    case "$components" in *"${library##*/}"*) exported "$library" ;; esac
done | awk '
    FILENAME != "-" { known[$1] = 1; next }
    { name = $2; good = name in known || name ~ /^(__|_?asan|__odr)/ }
    { for (i = 3; i <= NF && !good; i++) good = index(name, $i) == 1 }
    !good { sub(/:[^:]*$/, "", $1)
            print $1 ": " name " is neither a known name nor prefixed (" $3 " …); make it static or rename it" }
' "$here"/known-names/*.txt - | conclude
