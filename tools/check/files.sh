# SPDX-License-Identifier: MIT
# To be sourced by the checks: which files there are, and how a finding is printed.

# Leaves out what lies in projects that `linnet new` made here: they are their users'.
leave_out_projects() {
    awk '{ files[NR] = $0 }
         sub("/linnet.path$", "/") { projects[$0] }
         END {
             for (i = 1; i <= NR; i++) {
                 ours = 1
                 for (project in projects)
                     ours = ours && index(files[i], project) != 1
                 if (ours)
                     print files[i]
             }
         }'
}

# The files that git knows or would add; without git all but build folders. One per line.
list_files() {
    if [ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$(pwd -P)" ]; then
        git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
            [ -f "$file" ] && printf '%s\n' "$file"
        done
    else
        find . -type f ! -path './build/*' ! -path './.git/*' | sed 's|^\./||'
    fi | sort -u | leave_out_projects
}

# C sources and headers.
list_c() {
    list_files | grep -E '\.[ch]$'
}

# Passes findings on and fails if there were any: the last part of a pipe.
conclude() {
    awk '{ print } END { exit NR > 0 }' >&2
}
