#!/bin/sh
# SPDX-License-Identifier: MIT
# No file contains marks of unfinished work, paths of one machine or unlisted hosts, and the check
# sees each of them. The words are written here in two parts, so that this file passes too.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
check=$LINNET_SOURCE_DIR/tools/check/words.sh

the_repository_has_no_such_words() {
    "$check" "$LINNET_SOURCE_DIR"
}

found() {
    printf 'first line\n%s\n' "$1" >"$work/a.c"
    expect_failure "$check" "$work"
    expect_text "$work/messages" "a.c:2: $2"
}

passes() {
    printf '%s\n' "$1" >"$work/a.c"
    "$check" "$work" || fail "refused: $1"
}

marks_of_unfinished_work_are_found() {
    found '/* TO''DO: more */' 'mark of unfinished work'
    found '/* FIX''ME */' 'mark of unfinished work'
    found 'a simpli''fied version' 'words of unfinished work'
    found 'good enough for n''ow.' 'words of unfinished work'
    passes 'the name xTODOx and good for nowhere'
}

paths_of_one_machine_are_found() {
    found 'see /wo''rk/main' 'a path of one machine'
    found '"/ho''me/someone/x"' 'a path of one machine'
    found 'see ../sha''red/list' 'a path of one machine'
    passes 'net/work/here and https://github.com/home/x'
}

hosts_that_are_not_listed_are_found() {
    found 'see https:/''/registry.somewhere.net/x' 'the host registry.somewhere.net is not in'
    passes 'see https://www.rfc-editor.org/rfc/rfc9293 and mqtts://broker and http://localhost:80'
}

run_cases "the_repository_has_no_such_words marks_of_unfinished_work_are_found
paths_of_one_machine_are_found hosts_that_are_not_listed_are_found" "$@"
