#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves the files of files.txt, one a case: each of their functions keeps its contract, ends, and
# makes no error at run time, as far as the contract's own demands are met. What they call is known by
# its contract alone, which is proved with the file that it stands in.
#
# Frama-C makes goals of the code and its annotations, with the widths of a 32-bit target; provers get
# them with a bounded number of steps, so a slow machine proves as much as a fast one; Z3 gets
# what CVC4 leaves. What was proved is kept in the build folder, each under a key of the whole goal.
set -u
cd "$LINNET_SOURCE_DIR" || exit 1
proof=net/proof
kept=$LINNET_BUILD_DIR/proof
includes="-Inet/src -Inet/include -Iinterfaces -I$LINNET_BUILD_DIR/options"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

files() {
    sed 's/ .*//' $proof/files.txt
}

# A contract stands at a function whose file is proved: in its header or in itself.
contracts() {
    files | sed 's/\.[ch]$//' >"$work/proved"
    grep -rlE '^ *(/\*@|//@)' net/src | sed 's,^net/src/,,' | while read -r file; do
        grep -qxF "${file%.[ch]}" "$work/proved" || echo "net/src/$file: has annotations, is not proved"
    done >"$work/others"
    cat "$work/others"
    ! [ -s "$work/others" ]
}

# The functions that the file itself defines, with commas between.
functions_of() {
    cc -std=c11 -D__FRAMAC__ -E $includes "$2" | awk -v file="$1" '
        /^# [0-9]/ { inside = $3 == "\"" file "\""; next }
        /^{$/ && inside { sub(/ *\(.*/, "", head); sub(/.*[ *]/, "", head); print head }
        /[;}]$/ || /^{$/ { head = ""; next }
        { head = head " " $0 }' |
        sort -u | paste -s -d , -
}

# What is not proved, a line each. A function's demands are goals where it is called.
unproved() {
    awk -F '\t' -v functions=",$1," '
        NR == 1 || $5 == "precondition" || !index(functions, "," $4 ",") { next }
        { goals++ }
        $6 ~ /^(Valid|Considered valid|Partially proven|Valid but dead)/ { next }
        { print $4 ": " $5 " at " $1 "/" $2 ":" $3 " is not proved: " $7; bad = 1 }
        END { if (!goals) { print "there is no goal"; exit 1 } print goals " goals"; exit bad }' "$2"
}

prove() {
    file=net/src/$1
    shift
    echo "#include \"${file#net/src/}\"" >"$work/of_header.c"
    case $file in *.h) source=$work/of_header.c ;; *) source=$file ;; esac
    functions=$(functions_of "$file" "$source")
    [ -n "$functions" ] || fail "no function in $file"
    HOME=$work why3 config detect >"$work/why3" 2>&1 || { cat "$work/why3"; exit 1; }
    mkdir -p "$kept"
    HOME=$work frama-c -machdep x86_32 -c11 -no-autoload-plugins -load-module wp,report,rtegen \
        -cpp-extra-args="-include $proof/memory.h $includes" "$source" \
        -warn-unsigned-overflow "$@" -wp -wp-rte -wp-no-warn-memory-model -wp-fct "$functions" \
        -wp-cache update -wp-cache-dir "$kept" -wp-timeout 120 -wp-par 1 \
        -wp-prover cvc4 -wp-steps 100000 \
        -then -wp -wp-fct "$functions" -wp-prover +z3 -wp-steps 1500000 \
        -then -report-csv "$work/goals" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    unproved "$functions" "$work/goals" || bad=1
    ! sed '/No goal generated/d' "$work/log" | grep -A 1 'Warning:' || bad=1
    exit ${bad-0}
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
case ${1-} in
--list) echo contracts; files; exit ;;
contracts) contracts; exit ;;
esac
[ $# -eq 1 ] || { echo "Usage: prove.sh --list | FILE" >&2; exit 2; }
for tool in frama-c why3 z3 cvc4; do
    command -v $tool >/dev/null || { echo "$tool is missing"; exit 77; }
done
line=$(grep -E "^$1( |\$)" $proof/files.txt) || fail "$1 does not stand in $proof/files.txt"
prove $line
