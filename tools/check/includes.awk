# SPDX-License-Identifier: MIT
# Judges the includes that includes.sh collects: lines HEADER, NAME and DEPENDS first, then INCLUDE.

BEGIN {
    # What a layer may include from others, by DESIGN.md. The kernel reads only the port's macros.
    split("kernel>ports ports>kernel ports>interfaces net>kernel net>interfaces libs>libs " \
          "libs>interfaces libs>third_party drivers>interfaces drivers>drivers boards>drivers boards>interfaces boards>boards " \
          "boards>kernel boards>ports apps>libs apps>net apps>kernel apps>interfaces apps>boards " \
          "apps>drivers tools>libs tools>tools cloud>libs", arrows, " ")
    for (i in arrows)
        downward[arrows[i]] = 1
    # Arrows that need no declaration: the two halves of the port contract, and what boards share. Any
    # port may also take what it likes from ports/common.
    given["kernel>ports"] = given["ports>kernel"] = given["boards>boards"] = 1
    # linnet_board() links what boards share with these.
    given["boards>kernel"] = given["boards>ports"] = given["boards>interfaces"] = 1
    # Libraries whose purpose is the operating system or the stack.
    split("posix cmsis cli log mqtt_agent secure_sockets wifi socket_transport", names, " ")
    for (i in names)
        on_system["libs/" names[i]] = 1
}

function component_of(file,    parts, count)
{
    count = split(file, parts, "/")
    if (parts[1] ~ /^(libs|ports|drivers|boards|apps|tools|cloud)$/ && count > 2)
        return parts[1] "/" parts[2]
    return parts[1]
}

function layer_of(component)
{
    sub(/\/.*/, "", component)
    return component
}

# "a/b/../c.h" is "a/c.h".
function normal(path)
{
    while (match(path, /[^\/]+\/\.\.\//))
        path = substr(path, 1, RSTART - 1) substr(path, RSTART + RLENGTH)
    return path
}

function is_own(file, component, name,    folder)
{
    folder = file
    sub(/[^\/]*$/, "", folder)
    return (normal(folder name) in headers && component_of(normal(folder name)) == component) ||
           (component "/src/" name) in headers || (component "/include/" name) in headers ||
           (component "/start/include/" name) in headers ||
           (component "/" name) in headers
}

function may(from, to,    arrow)
{
    arrow = layer_of(from) ">" layer_of(to)
    if (to == "ports/common")
        return layer_of(from) ~ /^(ports|boards)$/
    if (to == "apps/common")
        return layer_of(from) == "apps"
    return arrow in downward || (from in on_system && layer_of(to) ~ /^(kernel|net)$/)
}

function is_declared(from, to,    i, count, list)
{
    if ((layer_of(from) ">" layer_of(to)) in given || to == "ports/common")
        return 1
    count = split(made[to], list, " ")
    for (i = 1; i <= count; i++)
        if ((from, list[i]) in depends || (layer_of(from), list[i]) in depends)
            return 1
    return 0
}

function judge(place, from, to, name)
{
    if (!may(from, to))
        print place ": " from " must not include \"" name "\" of " to \
              ": that arrow points upward (DESIGN.md, one rule of direction)"
    else if (!is_declared(from, to))
        print place ": \"" name "\" belongs to " to ", which " from \
              "/CMakeLists.txt does not declare; add it to DEPENDS"
}

$1 == "HEADER" {
    headers[$2] = 1
    name = $2
    if (sub(/^interfaces\//, "", name) || sub(/^.*\/include\//, "", name))
        public[name] = component_of($2)
    else
        private[substr($2, match($2, /[^\/]*$/))] = $2
}
$1 == "NAME" { made[$2] = made[$2] " " $3 }
$1 == "DEPENDS" { depends[$2, $3] = 1 }
$1 == "INCLUDE" {
    split($2, place, ":")
    from = component_of(place[1])
    name = $0
    sub(/^[^"<]*["<]/, "", name)
    quoted = $0 ~ /include[ \t]*"/
    sub(/[">].*/, "", name)
    where = place[1] ":" place[2]
    base = substr(name, match(name, /[^\/]*$/))
    if (is_own(place[1], from, name))
        next
    if (name in public) {
        if (public[name] != from)
            judge(where, from, public[name], name)
    } else if (quoted && base in private && component_of(private[base]) != from) {
        if (!(layer_of(from) == "ports" && private[base] == "kernel/src/port.h"))
            print where ": \"" name "\" is a private header of " component_of(private[base])
    }
}
