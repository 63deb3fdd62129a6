#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: includes.sh ROOT
# Every #include between components must point downward (the table in includes.awk) and be declared
# in the CMakeLists.txt of the folder that includes. Prints file:line of each that does not. Tests and
# the examples in docs/ may include what they like; what users write in tests/builds and tests/compat,
# and the images of bench/, which are built as theirs are, is no header of Linnet's.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/files.sh"
cd "$1" || exit 2

{
    list_files | grep -vE '^(tests/(builds|compat|compat_net)|bench)/' | sed -n 's/.*\.h$/HEADER &/p'
    list_files | grep -E '(^|/)CMakeLists\.txt$' | xargs -r awk -f "$here/declared.awk"
    list_c | grep -vE '(^|/)(test|tests|fuzz|proof|docs|bench)/' |
        xargs -r grep -nHE '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]' | sed 's/^/INCLUDE /'
} | awk -f "$here/includes.awk" | conclude
