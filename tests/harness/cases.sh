# SPDX-License-Identifier: MIT
# The harness for tests that are shell scripts. A case is a function named for its claim; it passes
# if it returns 0, is skipped with 77, and fails otherwise. $work is an empty folder of its own.
#
#   . "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
#   an_option_arrives() { …; }
#   run_cases "an_option_arrives another" "$@"

# Ends the case as failed.
fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# The file must contain the text.
expect_text() {
    grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "'$2' is missing in $1"; }
}

# The command must fail; its messages are in $work/messages.
expect_failure() {
    if "$@" >"$work/messages" 2>&1; then
        fail "succeeded: $*"
    fi
}

run_case() (
    work=$(mktemp -d) || exit 1
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' INT TERM
    set -e
    "$1"
)

run_cases() {
    cases=$(echo $1) verdict=0
    shift
    case ${1-} in
    --list)
        printf '%s\n' $cases
        return
        ;;
    '') set -- $cases ;;
    esac
    for name in "$@"; do
        case " $cases " in
        *" $name "*) ;;
        *) echo "no case is named '$name'; --list prints them" >&2; exit 2 ;;
        esac
        if [ $# -eq 1 ]; then
            run_case "$name"
            exit
        fi
        # A process of its own: inside a condition the shell would not stop at a failed command.
        if "$0" "$name"; then echo "pass  $name"; else echo "FAIL  $name"; verdict=1; fi
    done
    exit $verdict
}
