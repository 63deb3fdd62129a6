#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: layout.sh ROOT
# The SPDX line comes first in every source, header, script and build file; a header has #pragma once;
# every component has a README.md, and every Kconfig file is read by the one in the root.
. "$(dirname "$0")/files.sh"
cd "$1" || exit 2

is_script() {
    IFS= read -r first <"$1" || :
    case $first in '#!'*) return 0 ;; esac
    return 1
}

# Files that bear an SPDX line.
licensed() {
    list_files | grep -E '(\.([chS]|cc|cmake|sh|awk|config)|(^|/)(CMakeLists\.txt|Kconfig))$'
    list_files | grep -E '(^|/)[^./]+$' | while IFS= read -r file; do
        is_script "$file" && printf '%s\n' "$file"
    done
}

spdx() {
    licensed | sort -u | xargs -r awk '
        FNR == 1 { skip = /^#!/ }
        FNR == 1 + skip && !/SPDX-License-Identifier: MIT/ {
            print FILENAME ":" FNR ": the SPDX line is missing; write SPDX-License-Identifier: MIT"
        }'
}

pragma() {
    list_files | grep -E '\.h$' | xargs -r grep -L '^#pragma once$' |
        sed 's/$/:1: no #pragma once/'
}

# The folder of a component: two levels where folders are collected, else one.
components() {
    list_files | grep -E '\.(c|h|S|sh|awk)$' |
        sed -nE -e 's,^((libs|ports|drivers|boards|apps|tools|cloud)/[^/]+)/.*,\1,p' \
            -e 's,^(kernel|net|interfaces|options|boot|bench|tests|third_party)/.*,\1,p' | sort -u
}

readme() {
    components | while IFS= read -r folder; do
        [ -f "$folder/README.md" ] || printf '%s/: no README.md\n' "$folder"
    done
}

kconfig() {
    list_files | grep -E '/Kconfig$' | while IFS= read -r file; do
        grep -qxF "source \"$file\"" Kconfig ||
            printf '%s:1: not read by the Kconfig in the root; add: source "%s"\n' "$file" "$file"
    done
}

{ spdx; pragma; readme; kconfig; } | conclude
