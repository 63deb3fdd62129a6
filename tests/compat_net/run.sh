#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the application LINNET_TEST_ARGUMENT: it must end with 0 and print what its user expects.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

it_behaves_as_its_user_expects() {
    "$LINNET_BUILD_DIR/compat_net/$LINNET_TEST_ARGUMENT" >"$work/output" 2>&1 ||
        { status=$?; cat "$work/output"; fail "exit code $status"; }
    diff "$LINNET_SOURCE_DIR/tests/compat_net/$LINNET_TEST_ARGUMENT/expected.txt" "$work/output"
}

run_cases "it_behaves_as_its_user_expects" "$@"
