#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: format.sh ROOT
# Every C file is as clang-format 14 writes it. Exit code 77 when that program is not there.
. "$(dirname "$0")/files.sh"
cd "$1" || exit 2

clang_format=$(command -v clang-format-14 || command -v clang-format) || {
    echo "clang-format 14 is missing: install the package clang-format-14" >&2
    exit 77
}
list_c | xargs -r "$clang_format" --dry-run -Werror 2>&1 |
    sed -n 's/^\([^ ]*\):[0-9]*: error: .*/\1: not as clang-format writes it; run clang-format -i/p' |
    sort -t: -k1,1 -k2,2n | conclude
