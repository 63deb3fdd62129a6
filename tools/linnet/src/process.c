/* SPDX-License-Identifier: MIT */
#include "process.h"

#include "terminal.h"
#include "text.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WAITED_FOR = 64, STOP_GRACE_MS = 2000, PATIENT_GRACE_MS = 60000 };

static int signals = -1;
static sigset_t inherited_mask;
static bool stop_asked;

void processes_begin(void)
{
    sigset_t mask;

    /* A script's background job inherits SIGINT ignored, and an ignored signal never arrives. */
    signal(SIGINT, SIG_DFL);
    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGHUP);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_BLOCK, &mask, &inherited_mask);
    signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    /* A write past RLIMIT_FSIZE shall be an error that is reported like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static void read_signals(void)
{
    struct signalfd_siginfo info;

    while (signals >= 0 && read(signals, &info, sizeof info) == (ssize_t)sizeof info)
        if (info.ssi_signo != SIGCHLD)
            stop_asked = true;
}

bool interrupted(void)
{
    read_signals();
    return stop_asked;
}

long long now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void sleep_ms(int milliseconds)
{
    long long end = now_ms() + milliseconds;

    while (!interrupted() && now_ms() < end)
        processes_wait(NULL, 0, (int)(end - now_ms()));
}

static void show_command(const struct process_spec *spec)
{
    char *line = args_line(spec->args);
    char *directory = spec->directory ? text_shell_quote(spec->directory) : NULL;
    char *environment = spec->environment ? args_line(spec->environment) : NULL;
    FILE *stream = terminal.dry_run && !terminal.json ? stdout : stderr;

    show_status("%s", "");
    fflush(stdout);
    fprintf(stream, "%s%s%s%s%s%s%s%s%s\n", colour_begin(stream, COLOUR_FAINT),
            directory ? "(cd " : "", directory ? directory : "", directory ? " && " : "",
            environment ? environment : "", environment ? " " : "", line, directory ? ")" : "",
            colour_end(stream));
    fflush(stream);
    free(line);
    free(directory);
    free(environment);
}

/* Makes a process group the one that the terminal listens to, from whichever side it is asked. */
static void give_terminal(pid_t group)
{
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, group);
    signal(SIGTTOU, SIG_DFL);
}

/* In the child: standard input is empty unless it asks the user, the others go where the
 * specification says. */
static void connect_output(const struct process_spec *spec, int pipe_end)
{
    int null = open("/dev/null", O_RDWR);

    if (null >= 0 && !spec->asks)
        dup2(null, STDIN_FILENO);
    if (spec->output == PROCESS_PIPE) {
        dup2(pipe_end, STDOUT_FILENO);
        dup2(pipe_end, STDERR_FILENO);
    } else if (spec->output == PROCESS_DISCARD && null >= 0) {
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    } else if (terminal.json && spec->output == PROCESS_INHERIT) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    if (null > STDERR_FILENO)
        close(null);
}

static void execute(const struct process_spec *spec)
{
    if (spec->directory && chdir(spec->directory) != 0) {
        fprintf(stderr, "linnet: cannot enter %s: %s\n", spec->directory, strerror(errno));
        return;
    }
    for (size_t i = 0; spec->environment && i < spec->environment->count; i++)
        putenv(spec->environment->items[i]);
    sigprocmask(SIG_SETMASK, &inherited_mask, NULL);
    execvp(spec->args->items[0], spec->args->items);
    fprintf(stderr, "linnet: cannot run %s: %s\n", spec->args->items[0], strerror(errno));
}

static _Noreturn void child(const struct process_spec *spec, pid_t parent, int pipe_end)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, spec->patient ? SIGTERM : SIGKILL);
    if (getppid() != parent)
        _exit(PROCESS_NOT_FOUND);
    connect_output(spec, pipe_end);
    if (spec->asks) {
        give_terminal(getpid());
        /* Stopped by Ctrl-Z it would keep the terminal, and nobody could wake it. */
        signal(SIGTSTP, SIG_IGN);
    }
    execute(spec);
    _exit(PROCESS_NOT_FOUND);
}

bool process_start(struct process *process, const struct process_spec *spec)
{
    int ends[2] = {-1, -1};
    pid_t parent = getpid();

    *process = (struct process){.output = -1, .patient = spec->patient};
    if (terminal.verbose && !spec->quiet)
        show_command(spec);
    fflush(stdout);
    fflush(stderr);
    if (spec->output == PROCESS_PIPE && pipe2(ends, O_CLOEXEC) != 0) {
        complain("cannot start a process", strerror(errno), NULL);
        return false;
    }
    process->pid = fork();
    if (process->pid == 0)
        child(spec, parent, ends[1]);
    if (ends[1] >= 0)
        close(ends[1]);
    if (process->pid < 0) {
        complain("cannot start a process", strerror(errno), "look at the limits: ulimit -u");
        process->pid = 0;
        if (ends[0] >= 0)
            close(ends[0]);
        return false;
    }
    setpgid(process->pid, process->pid);
    process->output = ends[0];
    if (ends[0] >= 0)
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return true;
}

void processes_wait(struct process *const *processes, size_t count, int timeout)
{
    struct pollfd descriptors[MOST_WAITED_FOR + 1] = {{.fd = signals, .events = POLLIN}};
    nfds_t used = 1;

    for (size_t i = 0; i < count && used <= MOST_WAITED_FOR; i++)
        if (processes[i] && processes[i]->output >= 0)
            descriptors[used++] = (struct pollfd){.fd = processes[i]->output, .events = POLLIN};
    poll(descriptors, used, timeout);
    read_signals();
}

static void close_output(struct process *process)
{
    if (process->output >= 0)
        close(process->output);
    process->output = -1;
}

ssize_t process_read(struct process *process, char *buffer, size_t size)
{
    ssize_t got;

    if (process->output < 0)
        return -1;
    got = read(process->output, buffer, size);
    if (got > 0)
        return got;
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    close_output(process);
    return -1;
}

/* The group is killed while its leader is still a zombie: its number cannot be anybody else's. */
static void reap(struct process *process)
{
    int status = 0;

    kill(-process->pid, SIGKILL);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
        ;
    process->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    process->pid = 0;
}

bool process_ended(struct process *process)
{
    siginfo_t info = {0};

    if (process->pid == 0)
        return true;
    if (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        info.si_pid == 0)
        return false;
    reap(process);
    return true;
}

void process_kill(struct process *process)
{
    if (process->pid != 0)
        reap(process);
    close_output(process);
}

/* A patient command ends its own children in its own order; the others are told as a group. */
void process_stop(struct process *process)
{
    long long end = now_ms() + (process->patient ? PATIENT_GRACE_MS : STOP_GRACE_MS);

    if (!process_ended(process)) {
        kill(process->patient ? process->pid : -process->pid, SIGTERM);
        kill(process->patient ? process->pid : -process->pid, SIGCONT);
    }
    while (!process_ended(process) && now_ms() < end) {
        char unread[4096];

        while (process_read(process, unread, sizeof unread) > 0)
            ;
        processes_wait(&process, 1, 50);
    }
    process_kill(process);
}

static int run_to_end(const struct process_spec *spec, char **output)
{
    struct process process;
    struct process *waited = &process;
    char chunk[4096];
    ssize_t got;
    bool stopped = false;

    if (interrupted())
        return PROCESS_STOPPED;
    if (!process_start(&process, spec))
        return PROCESS_NOT_FOUND;
    for (;;) {
        bool ended = process_ended(&process);

        while ((got = process_read(&process, chunk, sizeof chunk)) > 0)
            if (output)
                *output = text_append(*output, chunk, (size_t)got);
        if (ended)
            break;
        processes_wait(&waited, 1, -1);
        stopped = interrupted();
        if (stopped) {
            process_stop(&process);
            break;
        }
    }
    if (spec->asks)
        give_terminal(getpgrp());
    process_kill(&process);
    return stopped ? PROCESS_STOPPED : process.status;
}

int process_run(const struct process_spec *spec)
{
    if (!terminal.dry_run)
        return run_to_end(spec, NULL);
    show_command(spec);
    return 0;
}

int process_capture(const struct process_spec *spec, char **output)
{
    struct process_spec piped = *spec;

    *output = text_copy("");
    piped.output = PROCESS_PIPE;
    if (!terminal.dry_run || spec->quiet)
        return run_to_end(&piped, output);
    show_command(spec);
    return 0;
}

void process_become(const struct process_spec *spec)
{
    if (terminal.verbose || terminal.dry_run)
        show_command(spec);
    if (terminal.dry_run)
        return;
    fflush(stdout);
    fflush(stderr);
    signal(SIGXFSZ, SIG_DFL);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    execute(spec);
}

/* The parent of a process by its number, from /proc; 0: no such process. */
static pid_t parent_of(pid_t pid)
{
    char *path = text_format("/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    char line[512] = "";
    const char *after_name;
    int parent = 0;

    if (file && fgets(line, sizeof line, file) && (after_name = strrchr(line, ')')))
        sscanf(after_name + 1, " %*c %d", &parent);
    if (file)
        fclose(file);
    free(path);
    return parent;
}

static bool kill_children(void)
{
    DIR *folder = opendir("/proc");
    struct dirent *entry;
    bool any = false;

    while (folder && (entry = readdir(folder))) {
        pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;

        if (pid > 0 && parent_of(pid) == getpid()) {
            kill(pid, SIGKILL);
            waitpid(pid, NULL, 0);
            any = true;
        }
    }
    if (folder)
        closedir(folder);
    return any;
}

/* What a killed child leaves behind becomes our child: round by round until there is none. */
void processes_end(void)
{
    for (int round = 0; round < 100 && kill_children(); round++)
        ;
}
