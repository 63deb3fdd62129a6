# SPDX-License-Identifier: MIT
# From CMakeLists.txt files: "NAME folder component" for each component that is made there, and
# "DEPENDS folder component" for each that it is linked with. Tests and programs do not count.

function folder_of(file,    parts, count)
{
    count = split(file, parts, "/")
    if (parts[1] ~ /^(libs|ports|drivers|boards|apps|tools|cloud)$/ && count > 2)
        return parts[1] "/" parts[2]
    return parts[1]
}

function plain(word)
{
    sub(/^linnet(::|_)/, "", word)
    return word
}

FNR == 1 { call = ""; before = "" }

{
    sub(/#.*/, "")
    gsub(/[()]/, " & ")
    for (i = 1; i <= NF; i++) {
        if ($i == "(") {
            if (call == "") {
                call = before
                position = 0
            }
        } else if ($i == ")") {
            call = ""
        } else if (call != "") {
            position++
            if (position == 1 && call == "linnet_component")
                print "NAME", folder_of(FILENAME), $i
            else if (position == 1 && call == "add_library" && $i ~ /^linnet_/)
                print "NAME", folder_of(FILENAME), plain($i)
            else if (position > 1 && call ~ /^(linnet_component|target_link_libraries|linnet_app|linnet_board)$/ &&
                     $i ~ /^linnet(::|_)/)
                print "DEPENDS", folder_of(FILENAME), plain($i)
        }
        before = $i
    }
}
