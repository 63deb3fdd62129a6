#!/bin/sh
# SPDX-License-Identifier: MIT
# Usage: words.sh ROOT
# Words that no file may contain: marks of unfinished work, names and paths of the machine that it was
# written on, and hosts other than the public ones in hosts.txt. Prints file:line of each.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/files.sh"
cd "$1" || exit 2

# Texts of others, and names that only look like marks.
ours() {
    list_files | grep -vE '^(LICENSE|NOTICE)$|/known-names/|/corpus/|\.(png|pcap|bin|der)$'
}

search() {
    ours | xargs -r grep -nHIE "$@"
}

unfinished() {
    search '\b([T]ODO|[F]IXME|X[X]X|H[A]CK)\b' | sed 's/^\([^:]*:[0-9]*\):.*/\1: mark of unfinished work/'
    search -i '\b([s]implified|for [n]ow\b[,.;)]|in a [r]eal implementation)' |
        sed 's/^\([^:]*:[0-9]*\):.*/\1: words of unfinished work: do it, or say what holds/'
}

machine() {
    search '(^|[^A-Za-z0-9_.$}/])/(work|home|root|Users)/|[.][.]/[s]hared' |
        sed 's/^\([^:]*:[0-9]*\):.*/\1: a path of one machine/'
}

# The host of every URL is listed, or under a name that is reserved for examples.
hosts() {
    ours | xargs -r grep -noHIE '(https?|git|ftp|ssh)://[A-Za-z0-9.-]+' |
        awk -v known="$here/hosts.txt" '
            BEGIN { while ((getline host < known) > 0) listed[host] = 1 }
            { host = $0; sub(/.*:\/\//, "", host); sub(/\.$/, "", host); place = $0
              sub(/:[a-z]*:\/\/.*/, "", place) }
            host ~ /^(localhost|[0-9.]+)$/ || host ~ /(^|\.)(example|test|invalid)(\.(com|org|net))?$/ { next }
            !(host in listed) { print place ": the host " host " is not in tools/check/hosts.txt" }'
}

{ unfinished; machine; hosts; } | conclude
