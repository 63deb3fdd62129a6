/* SPDX-License-Identifier: MIT */
#include "service_guard.h"

#include "args.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define POLICY       "/usr/sbin/policy-rc.d"
#define SAVED_POLICY "/usr/sbin/policy-rc.d.before-linnet"

static const char guard_text[] =
    "#!/bin/sh\n"
    "# Put here by `linnet` while it installs packages, so that none of these services is "
    "started.\n"
    "# If it is still here afterwards it can be removed.\n"
    "[ \"$1\" = --quiet ] && shift\n"
    "case $1 in mosquitto | avahi-daemon | radvd | dbus) exit 101 ;; esac\n"
    "[ -x " SAVED_POLICY " ] && exec " SAVED_POLICY " \"$@\"\n"
    "exit 0\n";

/* The services that packages of the table bring, named as their programs are. */
static struct {
    const char *package;
    const char *service;
    bool installing;
    int before; /* how many ran */
} services[] = {{"mosquitto", "mosquitto", false, 0},
                {"avahi-daemon", "avahi-daemon", false, 0},
                {"radvd", "radvd", false, 0}};
enum { SERVICES = sizeof services / sizeof services[0] };

static bool guard_is_up;

static bool runs(const char *pid, const char *service)
{
    char *path = text_format("/proc/%s/comm", pid);
    char *name = read_whole_file(path);
    size_t size = strlen(service);
    bool same = name && strncmp(name, service, size) == 0 && name[size] == '\n';

    free(path);
    free(name);
    return same;
}

static int count_running(const char *service)
{
    DIR *folder = opendir("/proc");
    struct dirent *entry;
    int count = 0;

    while (folder && (entry = readdir(folder)))
        count += isdigit((unsigned char)entry->d_name[0]) && runs(entry->d_name, service);
    if (folder)
        closedir(folder);
    return count;
}

static bool policy_is_ours(void)
{
    char *text = read_whole_file(POLICY);
    bool ours = text && strcmp(text, guard_text) == 0;

    free(text);
    return ours;
}

void service_guard_begin(const struct args *packages)
{
    bool wanted = false;

    for (size_t i = 0; i < SERVICES; i++) {
        services[i].installing = args_contain(packages, services[i].package);
        wanted |= services[i].installing;
        services[i].before = count_running(services[i].service);
    }
    if (!wanted || terminal.dry_run)
        return;
    if (access(POLICY, F_OK) == 0 && !policy_is_ours() && rename(POLICY, SAVED_POLICY) != 0)
        return;
    guard_is_up = write_whole_file(POLICY, guard_text, 0755);
}

/* A package enables its service for the next start of the machine; nothing here wants it. */
static void disable_service(const char *service)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .output = PROCESS_DISCARD};

    if (!folder_exists("/run/systemd/system"))
        return;
    args_add_all(&command, (const char *const[]){"systemctl", "disable", service, NULL});
    process_run(&spec);
    args_free(&command);
}

static bool has_started(const char *service, int before)
{
    char *what, *mend;

    if (before == 0)
        disable_service(service);
    if (count_running(service) <= before)
        return false;
    what = text_format("installing %s has started it as a service", service);
    mend = text_format("stop it:  systemctl disable --now %s || service %s stop", service, service);
    complain(what, "this machine did not honour " POLICY, mend);
    free(what);
    free(mend);
    return true;
}

bool service_guard_end(void)
{
    bool quiet = true;

    if (!guard_is_up)
        return true;
    guard_is_up = false;
    if (access(SAVED_POLICY, F_OK) == 0)
        rename(SAVED_POLICY, POLICY);
    else
        unlink(POLICY);
    for (size_t i = 0; i < SERVICES; i++)
        if (services[i].installing && has_started(services[i].service, services[i].before))
            quiet = false;
    return quiet;
}
