# SPDX-License-Identifier: MIT
# Prints the address of every enabled Debian archive in apt's source lists, each once: one-line
# entries of *.list files and deb822 paragraphs of *.sources files. Comments and disabled
# paragraphs are not read; an archive counts when the entry has binary packages, the component
# main, and a suite that is a plain Debian release.

function is_release(suite)
{
    return suite ~ /^(old)?(old)?stable$|^testing$|^unstable$|^sid$|^bullseye$|^bookworm$|^trixie$|^forky$|^duke$/
}

function has_word(text, word)
{
    return index(" " text " ", " " word " ") > 0
}

function has_release(text,    words, count, i)
{
    count = split(text, words)
    for (i = 1; i <= count; i++)
        if (is_release(words[i]))
            return 1
    return 0
}

function offer(uri)
{
    sub(/\/+$/, "", uri)
    if (uri ~ /^cdrom:/ || uri in seen)
        return
    seen[uri] = 1
    print uri
}

function end_paragraph(    words, count, i)
{
    if (field["enabled"] !~ /^(no|false|without|off|disable|0)$/ && has_word(field["types"], "deb") &&
        has_word(field["components"], "main") && has_release(field["suites"])) {
        count = split(field["uris"], words)
        for (i = 1; i <= count; i++)
            offer(words[i])
    }
    split("", field)
    name = ""
}

function read_line_entry(    i, main)
{
    sub(/#.*/, "")
    sub(/\[[^]]*\]/, "")
    if ($1 != "deb" || !is_release($3))
        return
    for (i = 4; i <= NF; i++)
        main = main || $i == "main"
    if (main)
        offer($2)
}

FNR == 1 { end_paragraph() }
FILENAME ~ /\.list$/ { read_line_entry(); next }
/^#/ { next }
/^[ \t]*$/ { end_paragraph(); next }
/^[^ \t:]+:/ {
    name = tolower(substr($0, 1, index($0, ":") - 1))
    $0 = substr($0, index($0, ":") + 1)
}
name != "" {
    $1 = $1 # words separated by single spaces
    field[name] = field[name] (field[name] == "" ? "" : " ") $0
}
END { end_paragraph() }
