/* SPDX-License-Identifier: MIT */
/*
 * `linnet doctor`: looks at everything the other verbs rely on. A mark, what was found, and, where
 * something is missing, what mends it. What nothing stops working without is a note, not a fault.
 */
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum mark { MARK_GOOD, MARK_NOTE, MARK_FAULT };

static size_t faults;

/* One finding; `mend` may be NULL when all is well. */
static void report(enum mark mark, const char *subject, const char *found, const char *mend)
{
    static const char *const signs[] = {"ok", "--", "!!"};
    static const char *const words[] = {"ok", "note", "fault"};
    static const enum colour colours[] = {COLOUR_GOOD, COLOUR_WARNING, COLOUR_BAD};
    char *found_json = text_json(found);
    char *mend_json = text_json(mend ? mend : "");

    faults += mark == MARK_FAULT;
    emit_json("{\"subject\":\"%s\",\"mark\":\"%s\",\"found\":%s,\"mend\":%s}", subject, words[mark],
              found_json, mend_json);
    if (!terminal.json) {
        say("%s%s%s  %-22s %s", colour_begin(stdout, colours[mark]), signs[mark],
            colour_end(stdout), subject, found);
        if (mark != MARK_GOOD && mend)
            say("        %s", mend);
    }
    free(found_json);
    free(mend_json);
}

/* The first line with a digit that a command prints about its version; others are warnings. */
static char *version_line(const char *name, const char *option)
{
    char *path = find_command(name);
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *output = NULL;

    args_add(&command, "%s", path ? path : name);
    args_add(&command, "%s", option);
    process_capture(&spec, &output);
    char *rest = output;
    char *line;

    do {
        line = strsep(&rest, "\n");
    } while (line && !strpbrk(line, "0123456789"));
    line = text_copy(line ? line : "present");
    free(output);
    args_free(&command);
    free(path);
    return line;
}

static const char *version_option(const char *command)
{
    if (strcmp(command, "openssl") == 0)
        return "version";
    return strcmp(command, "mosquitto") == 0 ? "-h" : "--version";
}

static void look_at_package(const struct package *package)
{
    char *found;
    char *mend = text_format("apt-get install -y --no-install-recommends %s", package->name);

    if (!package_present(package)) {
        found = text_format("missing: %s", package->purpose);
        report(package->optional ? MARK_NOTE : MARK_FAULT, package->name, found, mend);
    } else {
        found = package->command && strcmp(package->command, "kconfig-conf") != 0
                    ? version_line(package->command, version_option(package->command))
                    : text_copy("present");
        report(MARK_GOOD, package->name, found, NULL);
    }
    free(found);
    free(mend);
}

/* CMake presets of version 3 and everything else here came with 3.22 at the latest. */
static void look_at_cmake_version(void)
{
    char *line = version_line("cmake", "--version");
    int major = 0;
    int minor = 0;

    if (sscanf(line, "cmake version %d.%d", &major, &minor) == 2 &&
        (major < 3 || (major == 3 && minor < 22)))
        report(MARK_FAULT, "cmake version", line, "3.22 or newer is needed");
    free(line);
}

/* In a process of its own, since leaving a namespace again is not possible. */
static bool can_unshare(void)
{
    int status = 1;
    pid_t pid = fork();

    if (pid == 0)
        _exit(unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static void look_at_abilities(void)
{
    bool root = geteuid() == 0, namespaces = can_unshare();
    bool tun = access("/dev/net/tun", R_OK | W_OK) == 0;

    if (namespaces)
        report(MARK_GOOD, "network namespaces", "available", NULL);
    else
        report(MARK_NOTE, "network namespaces", "not available",
               "tests that need them are skipped; sysctl kernel.unprivileged_userns_clone=1");
    if (tun)
        report(MARK_GOOD, "/dev/net/tun", "usable", NULL);
    else
        report(MARK_NOTE, "/dev/net/tun", "not usable",
               "needed for --network tap:NAME alone: modprobe tun");
    if (root && namespaces && tun)
        report(MARK_GOOD, "tests against Linux", "this machine can run them", NULL);
    else
        report(MARK_NOTE, "tests against Linux",
               !root         ? "will be skipped: only root can run them"
               : !namespaces ? "will be skipped: there are no network namespaces"
                             : "will be skipped: there is no /dev/net/tun",
               "run `linnet test linux_` as root on a machine that has both");
}

static void look_at_folder(const char *root)
{
    struct statvfs info;
    char *found;

    if (access(root, W_OK) != 0) {
        report(MARK_FAULT, "checkout", "not writable", "everything is built below it: chown it");
        return;
    }
    if (statvfs(root, &info) != 0)
        return;
    unsigned long long free_mb = info.f_bavail / 1024 * info.f_frsize / 1024;

    found = text_format("%llu MB free in %s", free_mb, root);
    report(free_mb < 500 ? MARK_FAULT : MARK_GOOD, "disk", found,
           "a whole build takes about 500 MB: make room");
    free(found);
}

static int run(void)
{
    const char *root = linnet_root();
    char *line;

    if (!root)
        return EXIT_ENVIRONMENT;
    for (const struct package *package = package_table(); package->name; package++) {
        if (interrupted())
            return EXIT_STOPPED;
        look_at_package(package);
    }
    look_at_cmake_version();
    look_at_abilities();
    look_at_folder(root);
    line = packages_line(NEED_ALL);
    if (line)
        say("\nAll that is missing at once, as root:\n  %s", line);
    else if (!faults)
        say("\nAll is well. Next:  ./linnet demo");
    free(line);
    return faults ? EXIT_ENVIRONMENT : EXIT_OK;
}

const struct verb verb_doctor = {
    .name = "doctor",
    .summary = "Look whether this machine has everything that is needed",
    .example = "linnet doctor",
    .run = run,
};
