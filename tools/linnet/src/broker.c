/* SPDX-License-Identifier: MIT */
#include "broker.h"

#include "args.h"
#include "certificates.h"
#include "files.h"
#include "terminal.h"
#include "text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { START_MS = 10000, PORT_TRIES = 5 };

/* A port that nobody listens on at the moment, or 0. */
static long free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    long port = 0;

    if (probe >= 0 && bind(probe, (struct sockaddr *)&address, size) == 0 &&
        getsockname(probe, (struct sockaddr *)&address, &size) == 0)
        port = ntohs(address.sin_port);
    if (probe >= 0)
        close(probe);
    return port;
}

/* Started by root, Mosquitto would become its own user, who may not read the keys. */
static char *user_line(void)
{
    const struct passwd *user = getpwuid(geteuid());

    return user ? text_format("user %s\n", user->pw_name) : text_copy("");
}

static char *configuration_text(const struct broker *broker)
{
    char *user = user_line();
    char *state = broker->state ? text_format("persistence true\n"
                                              "persistence_location %s/\n"
                                              "autosave_on_changes true\n"
                                              "autosave_interval 1\n",
                                              broker->state)
                                : text_copy("persistence false\n");
    char *text = text_format("# Made by `linnet demo`.\n"
                             "%s"
                             "listener %ld 127.0.0.1\n"
                             "cafile " CA_CERTIFICATE "\n"
                             "certfile " SERVER_CERTIFICATE "\n"
                             "keyfile " SERVER_KEY "\n"
                             "tls_version tlsv1.2\n"
                             "require_certificate true\n"
                             "use_identity_as_username true\n"
                             "allow_anonymous false\n"
                             "acl_file %s\n"
                             "set_tcp_nodelay true\n"
                             "log_dest stderr\n"
                             "log_type all\n"
                             "%s",
                             user, broker->port, broker->access_list, state);

    free(user);
    free(state);
    return text;
}

static bool put(const struct broker *broker, const char *name, const char *text)
{
    char *path = text_format("%s/%s", broker->folder, name);
    bool written = terminal.dry_run || write_whole_file(path, text, 0600);

    if (!written) {
        char *what = text_format("cannot write %s", path);

        complain(what, strerror(errno), "make room on the disk (df -h, ulimit -f)");
        free(what);
    }
    free(path);
    return written;
}

static void name_files(struct broker *broker, bool persistent)
{
    free(broker->configuration);
    free(broker->access_list);
    free(broker->state);
    broker->configuration = text_format("mosquitto-%ld.conf", broker->port);
    broker->access_list = text_format("mosquitto-%ld.acl", broker->port);
    broker->state = persistent ? text_format("state-%ld", broker->port) : NULL;
}

static bool write_files(const struct broker *broker)
{
    char *text = configuration_text(broker);
    char *access = text_format("# Made by `linnet demo`.\n"
                               "user %s\n"
                               "topic readwrite linnet/%s/#\n",
                               broker->identity, broker->identity);
    bool written = put(broker, broker->configuration, text) &&
                   put(broker, broker->access_list, access);

    if (written && broker->state && !terminal.dry_run) {
        char *state = text_format("%s/%s", broker->folder, broker->state);

        written = make_folder(state);
        free(state);
    }
    free(text);
    free(access);
    return written;
}

static void take_line(struct broker *broker, const char *line)
{
    char **place = &broker->lines[broker->line_count++ % BROKER_LINES];

    free(*place);
    *place = text_copy(line);
    if (strstr(line, "mosquitto version") && strstr(line, " running"))
        broker->running = true;
    if (strstr(line, "Received PUBLISH from"))
        broker->published++;
    if (strstr(line, "Received PINGREQ from"))
        broker->pings++;
    if (terminal.verbose)
        fprintf(stderr, "%sbroker: %s%s\n", colour_begin(stderr, COLOUR_FAINT), line,
                colour_end(stderr));
    if (broker->log && (fprintf(broker->log, "%s\n", line) < 0 || fflush(broker->log) != 0)) {
        complain("the broker's log is cut short", strerror(errno),
                 "make room on the disk (df -h, ulimit -f); the demo goes on without");
        fclose(broker->log);
        broker->log = NULL;
    }
}

static void read_output(struct broker *broker)
{
    char chunk[4096];
    ssize_t got;
    char *end;

    while ((got = process_read(&broker->process, chunk, sizeof chunk)) > 0) {
        broker->line = text_append(broker->line, chunk, (size_t)got);
        while ((end = strchr(broker->line, '\n'))) {
            *end = '\0';
            take_line(broker, broker->line);
            memmove(broker->line, end + 1, strlen(end + 1) + 1);
        }
    }
}

/* The last lines of its log, for an error message. */
static char *last_lines(const struct broker *broker)
{
    size_t first = broker->line_count > BROKER_LINES ? broker->line_count - BROKER_LINES : 0;
    char *text = text_copy("the last lines of its log are");

    for (size_t i = first; i < broker->line_count; i++) {
        const char *line = broker->lines[i % BROKER_LINES];

        text = text_append(text, "\n           ", 12);
        text = text_append(text, line, strlen(line));
    }
    if (broker->line_count == 0)
        text = text_append(text, " missing: it said nothing", 25);
    return text;
}

static bool was_said(const struct broker *broker, const char *words)
{
    for (size_t i = 0; i < BROKER_LINES; i++)
        if (broker->lines[i] && strstr(broker->lines[i], words))
            return true;
    return false;
}

static bool launch(struct broker *broker)
{
    struct args command = {0};
    struct process_spec spec = {
        .args = &command, .directory = broker->folder, .output = PROCESS_PIPE};
    bool started = true;

    args_add_all(&command,
                 (const char *const[]){broker->program, "-c", broker->configuration, NULL});
    broker->running = terminal.dry_run;
    if (terminal.dry_run)
        process_run(&spec);
    else
        started = process_start(&broker->process, &spec);
    args_free(&command);
    return started;
}

/* True once it listens; false if it ended, took too long, or we were interrupted. */
static bool wait_until_running(struct broker *broker)
{
    long long end = now_ms() + START_MS;
    struct process *waited = &broker->process;

    while (!broker->running && now_ms() < end && !interrupted()) {
        bool ended = process_ended(&broker->process);

        read_output(broker);
        if (ended || broker->running)
            break;
        processes_wait(&waited, 1, 100);
    }
    return broker->running;
}

static void forget_lines(struct broker *broker)
{
    for (size_t i = 0; i < BROKER_LINES; i++) {
        free(broker->lines[i]);
        broker->lines[i] = NULL;
    }
    broker->line_count = 0;
}

static void complain_about_start(const struct broker *broker)
{
    char *why = last_lines(broker);
    char *taken = text_format("port %ld is taken", broker->port);

    if (was_said(broker, "Address already in use"))
        complain(taken, "another program listens there",
                 "leave --port out, or see who it is:  ss -ltnp");
    else
        complain("Mosquitto did not start", why,
                 "mend what its log names; `linnet doctor` looks at the machine");
    free(why);
    free(taken);
}

/* One attempt on the port that is set. */
static bool try_start(struct broker *broker, bool persistent)
{
    name_files(broker, persistent);
    forget_lines(broker);
    return write_files(broker) && launch(broker) && wait_until_running(broker);
}

static void remove_files(struct broker *broker)
{
    const char *names[] = {broker->configuration, broker->access_list, broker->state};

    for (size_t i = 0; i < 3; i++) {
        char *path = names[i] ? text_format("%s/%s", broker->folder, names[i]) : NULL;

        if (path && !terminal.dry_run)
            remove_folder(path);
        free(path);
    }
}

static void open_log(struct broker *broker)
{
    char *path = text_format("%s/mosquitto.log", broker->folder);

    if (!terminal.dry_run)
        broker->log = fopen(path, "we");
    free(path);
}

int broker_start(struct broker *broker, const char *folder, const char *identity, long port,
                 bool persistent)
{
    bool started = false;

    *broker = (struct broker){.process.output = -1, .folder = folder, .identity = identity};
    broker->program = find_command("mosquitto");
    if (!broker->program)
        broker->program = text_copy("mosquitto");
    broker->line = text_copy("");
    open_log(broker);
    for (int try = 0; try < PORT_TRIES && !started && !interrupted(); try++) {
        broker->port = port ? port : free_port();
        started = try_start(broker, persistent);
        if (!started) {
            process_kill(&broker->process);
            remove_files(broker);
        }
        /* Somebody may take a free port before Mosquitto does; a wanted port is just taken. */
        if (port || !was_said(broker, "Address already in use"))
            break;
    }
    if (interrupted())
        return EXIT_STOPPED;
    if (!started && broker->line_count > 0)
        complain_about_start(broker);
    return started ? EXIT_OK : EXIT_FAILED;
}

void broker_tend(struct broker *broker)
{
    bool ended = process_ended(&broker->process);

    read_output(broker);
    if (!ended || broker->missed || !broker->running)
        return;
    char *why = last_lines(broker);

    broker->missed = true;
    complain("the broker has ended while the device was using it", why,
             "the device tries to reach it again and gives up after a while");
    free(why);
}

void broker_kill(struct broker *broker)
{
    process_kill(&broker->process);
    broker->running = false;
}

int broker_restart(struct broker *broker)
{
    forget_lines(broker);
    if (launch(broker) && wait_until_running(broker))
        return EXIT_OK;
    if (interrupted())
        return EXIT_STOPPED;
    complain_about_start(broker);
    return EXIT_FAILED;
}

void broker_stop(struct broker *broker)
{
    if (!broker->program)
        return;
    broker->running = false;
    process_stop(&broker->process);
    remove_files(broker);
    forget_lines(broker);
    if (broker->log)
        fclose(broker->log);
    free(broker->program);
    free(broker->configuration);
    free(broker->access_list);
    free(broker->state);
    free(broker->line);
    *broker = (struct broker){.process.output = -1};
}
