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
    "# Put here by `linnet` while it installs mosquitto, so that no system broker is started.\n"
    "# If it is still here afterwards it can be removed.\n"
    "[ \"$1\" = --quiet ] && shift\n"
    "[ \"$1\" = mosquitto ] && exit 101\n"
    "[ -x " SAVED_POLICY " ] && exec " SAVED_POLICY " \"$@\"\n"
    "exit 0\n";

static bool guard_is_up;
static int brokers_before;

static bool is_broker(const char *pid)
{
    char *path = text_format("/proc/%s/comm", pid);
    char *name = read_whole_file(path);
    bool broker = name && strcmp(name, "mosquitto\n") == 0;

    free(path);
    free(name);
    return broker;
}

static int count_brokers(void)
{
    DIR *folder = opendir("/proc");
    struct dirent *entry;
    int count = 0;

    while (folder && (entry = readdir(folder)))
        count += isdigit((unsigned char)entry->d_name[0]) && is_broker(entry->d_name);
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

void service_guard_begin(bool wanted)
{
    if (!wanted || terminal.dry_run)
        return;
    brokers_before = count_brokers();
    if (access(POLICY, F_OK) == 0 && !policy_is_ours() && rename(POLICY, SAVED_POLICY) != 0)
        return;
    guard_is_up = write_whole_file(POLICY, guard_text, 0755);
}

/* The package enables its service for the next start of the machine; the demo does not want it. */
static void disable_service(void)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .output = PROCESS_DISCARD};

    if (!folder_exists("/run/systemd/system"))
        return;
    args_add_all(&command, (const char *const[]){"systemctl", "disable", "mosquitto", NULL});
    process_run(&spec);
    args_free(&command);
}

bool service_guard_end(void)
{
    if (!guard_is_up)
        return true;
    guard_is_up = false;
    if (access(SAVED_POLICY, F_OK) == 0)
        rename(SAVED_POLICY, POLICY);
    else
        unlink(POLICY);
    if (brokers_before == 0)
        disable_service();
    if (count_brokers() <= brokers_before)
        return true;
    complain("installing mosquitto has started a system broker",
             "this machine did not honour " POLICY,
             "stop it:  systemctl disable --now mosquitto || service mosquitto stop");
    return false;
}
