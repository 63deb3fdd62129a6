# SPDX-License-Identifier: MIT
# For scripts that do the same on several boards, whose names LINNET_TEST_ARGUMENT has. After cases.sh.
#
#   goes_well_on() { …; }
#   board_cases goes_well_on
#   run_cases "$cases" "$@"

# $cases is one case a board: mps2-an385 is on_mps2_an385, which calls the function with the board's name.
board_cases() {
    cases=
    for board in $LINNET_TEST_ARGUMENT; do
        name=on_$(printf %s "$board" | tr - _)
        cases="$cases $name"
        eval "$name() { $1 $board; }"
    done
}

# board_data BOARD NAME: what the board's data says.
board_data() {
    sed -n "s/^$2=\"\(.*\)\"/\1/p" "$LINNET_SOURCE_DIR/boards/$1/board.conf"
}

# The board's emulator is here, or the tool may install it.
has_emulator() {
    [ "$(id -u)" = 0 ] || command -v "$(board_data "$1" BOARD_QEMU | cut -d' ' -f1)" >/dev/null
}
