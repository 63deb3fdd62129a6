/* SPDX-License-Identifier: MIT */
/*
 * `linnet demo`: the main job in one command. Packages, build, certificates, broker, device; then
 * it only listens to both until the device ends. The verdict is the device's. Nothing is restarted
 * for it: that a broker died is for the device to notice and to mend.
 */
#include "args.h"
#include "board_data.h"
#include "broker.h"
#include "certificates.h"
#include "cmake_build.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_KEEP = 0x3000,
    OPTION_BROKER,
    OPTION_PORT,
    OPTION_CA,
    OPTION_CERT,
    OPTION_KEY,
    OPTION_PCAP,
    OPTION_CLIENT_ID,
    OPTION_TOPIC,
    OPTION_KILL_BROKER,
    OPTION_DEVICE,
    OPTION_KEEP_ALIVE,
    RESTART_PAUSE_MS = 2000,
};

#define DEMO_APP       "mqtt_echo"
#define DEMO_CLIENT_ID "demo-01"

/* What the command line asks for. */
static struct {
    long messages;
    long interval;
    bool keep;
    const char *broker;
    long port;
    const char *ca;
    const char *certificate;
    const char *key;
    const char *pcap;
    const char *client_id;
    const char *topic;
    long kill_after;
    long keep_alive;
    const char *device;
    const char *board;
} wanted = {.messages = 12, .interval = 1000, .client_id = DEMO_CLIENT_ID, .board = DEFAULT_PRESET};

static void take_number(struct argp_state *state, const char *option, const char *argument,
                        long least, long most, long *number)
{
    if (!text_number(argument, least, most, number))
        argp_error(state, "--%s %s: a number from %ld to %ld is expected", option, argument, least,
                   most);
}

static void take_file(struct argp_state *state, const char *option, const char *path,
                      const char **place)
{
    if (!file_exists(path) || access(path, R_OK) != 0)
        argp_error(state, "--%s %s: there is no such file, or it cannot be read", option, path);
    *place = path;
}

static void take_broker(struct argp_state *state, const char *endpoint)
{
    char host[256];
    long port;

    if (!text_endpoint(endpoint, host, sizeof host, &port))
        argp_error(state, "--broker %s: HOST:PORT is expected, such as localhost:8883", endpoint);
    wanted.broker = endpoint;
}

static void take_pcap(struct argp_state *state, const char *path)
{
    if (!file_can_be_made(path))
        argp_error(state, "--pcap %s: no file can be written there", path);
    wanted.pcap = path;
}

/* A name that is one level of a topic and a folder: the access list and the certificates are made
 * for it. */
static void take_client_id(struct argp_state *state, const char *name)
{
    if (!*name || *name == '.' || strlen(name) > 64 || strpbrk(name, "/+#$= \t\r\n"))
        argp_error(state,
                   "--client-id %s: 1 to 64 letters without / + # $ = and blanks, and no dot "
                   "in front",
                   name);
    wanted.client_id = name;
}

static void check_together(struct argp_state *state)
{
    int files = (wanted.ca != NULL) + (wanted.certificate != NULL) + (wanted.key != NULL);

    if (wanted.broker && files != 3)
        argp_error(state, "--broker needs --ca, --cert and --key with it");
    if (!wanted.broker && files != 0)
        argp_error(state, "--ca, --cert and --key belong to --broker HOST:PORT");
    if (wanted.broker && (wanted.port || wanted.kill_after))
        argp_error(state, "--broker names an existing broker; --port is for the demo's own");
}

static error_t parse_files(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case OPTION_CA:
        take_file(state, "ca", argument, &wanted.ca);
        return 0;
    case OPTION_CERT:
        take_file(state, "cert", argument, &wanted.certificate);
        return 0;
    case OPTION_KEY:
        take_file(state, "key", argument, &wanted.key);
        return 0;
    case OPTION_DEVICE:
        take_file(state, "device", argument, &wanted.device);
        return 0;
    case OPTION_PCAP:
        take_pcap(state, argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'n':
        take_number(state, "messages", argument, 1, 1000000, &wanted.messages);
        return 0;
    case 'i':
        take_number(state, "interval", argument, 1, 3600000, &wanted.interval);
        return 0;
    case OPTION_PORT:
        take_number(state, "port", argument, 1, 65535, &wanted.port);
        return 0;
    case OPTION_KILL_BROKER:
        take_number(state, "kill-broker-after", argument, 1, 1000000, &wanted.kill_after);
        return 0;
    case OPTION_KEEP_ALIVE:
        take_number(state, "keep-alive", argument, 1, 65535, &wanted.keep_alive);
        return 0;
    case 'b':
        wanted.board = argument;
        return 0;
    case OPTION_KEEP:
        wanted.keep = true;
        return 0;
    case OPTION_BROKER:
        take_broker(state, argument);
        return 0;
    case OPTION_CLIENT_ID:
        take_client_id(state, argument);
        return 0;
    case OPTION_TOPIC:
        wanted.topic = argument;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: the demo takes options only", argument);
        return 0;
    case ARGP_KEY_END:
        check_together(state);
        return 0;
    default:
        return parse_files(key, argument, state);
    }
}

/* Whether the board's TLS reads DER only. */
static bool wants_binary(void)
{
    char *form = board_data(wanted.board, "BOARD_CREDENTIALS");
    bool binary = form && strcmp(form, "der") == 0;

    free(form);
    return binary;
}

/* What names the device to the broker and the broker to the device: the user's or the demo's. */
static void add_credentials(struct args *command, const char *folder)
{
    bool binary = wants_binary();
    const char *const words[] = {"--ca", "--cert", "--key"};
    const char *const users[] = {wanted.ca, wanted.certificate, wanted.key};
    const char *const texts[] = {CA_CERTIFICATE, DEVICE_CERTIFICATE, DEVICE_KEY};
    const char *const binaries[] = {CA_BINARY, DEVICE_BINARY, DEVICE_KEY_BINARY};

    for (size_t i = 0; i < 3; i++) {
        args_add(command, "%s", words[i]);
        if (users[i])
            args_add(command, "%s", users[i]);
        else
            args_add(command, "%s/%s", folder, binary ? binaries[i] : texts[i]);
    }
}

/* The device's program; what it is run with is its whole configuration. */
static void add_device_words(struct args *command, const char *folder, const struct broker *broker)
{
    if (wanted.device)
        args_add(command, "%s", wanted.device);
    else
        args_add(command, "%s/build/%s/bin/" DEMO_APP, linnet_root(), wanted.board);
    args_add(command, "--broker");
    if (wanted.broker)
        args_add(command, "%s", wanted.broker);
    else
        args_add(command, DEMO_SERVER_NAME ":%ld", broker->port);
    add_credentials(command, folder);
    args_add_all(command, (const char *const[]){"--client-id", wanted.client_id, "--topic", NULL});
    if (wanted.topic)
        args_add(command, "%s", wanted.topic);
    else
        args_add(command, "linnet/%s/echo", wanted.client_id);
    args_add(command, "--messages");
    args_add(command, "%ld", wanted.messages);
    args_add(command, "--interval");
    args_add(command, "%ld", wanted.interval);
    if (wanted.keep)
        args_add(command, "--keep");
    if (wanted.keep_alive)
        args_add(command, "--keep-alive=%ld", wanted.keep_alive);
    if (wanted.pcap)
        args_add_all(command, (const char *const[]){"--pcap", wanted.pcap, NULL});
    if (terminal.verbose)
        args_add(command, "--verbose");
    if (terminal.json)
        args_add(command, "--json");
}

/* Kills and restarts the broker once it has seen as many messages as the tests want. */
static int play_fault(struct broker *broker)
{
    if (!wanted.kill_after || broker->published < wanted.kill_after)
        return EXIT_OK;
    wanted.kill_after = 0;
    broker_kill(broker);
    say("broker       killed after %ld messages", broker->published);
    emit_json("{\"step\":\"broker-killed\",\"messages\":%ld}", broker->published);
    sleep_ms(RESTART_PAUSE_MS);
    if (interrupted())
        return EXIT_STOPPED;
    say("broker       started again");
    emit_json("{\"step\":\"broker-restarted\"}");
    return broker_restart(broker);
}

/* Until the device ends by itself, or something ends the demo. The device prints for itself. */
static int watch(struct process *device, struct broker *broker)
{
    struct process *waited[] = {device, &broker->process};
    int result = EXIT_OK;

    while (!process_ended(device) && result == EXIT_OK) {
        processes_wait(waited, 2, -1);
        if (interrupted())
            result = EXIT_STOPPED;
        else if (!wanted.broker)
            broker_tend(broker);
        if (result == EXIT_OK && !wanted.broker)
            result = play_fault(broker);
    }
    process_stop(device);
    if (result != EXIT_OK)
        return result;
    return device->status == 0 ? EXIT_OK : EXIT_FAILED;
}

static int run_device(const char *folder, struct broker *broker)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .output = PROCESS_DIRECT};
    struct process device;
    int result = EXIT_FAILED;

    add_device_words(&command, folder, broker);
    if (terminal.dry_run)
        result = process_run(&spec);
    else if (process_start(&device, &spec))
        result = watch(&device, broker);
    if (!terminal.dry_run && result == EXIT_FAILED && device.status > 128) {
        char *what = text_format("the device was ended by signal %d", device.status - 128);
        char *line = args_line(&command);

        complain(what, "a fault in the device's program, or somebody killed it", line);
        free(what);
        free(line);
    }
    args_free(&command);
    return result;
}

static int start_broker(struct broker *broker, const char *folder)
{
    int result = certificates_ensure(folder, wanted.client_id);
    char *place = text_json(folder);

    if (result == EXIT_OK) {
        say("certificates ready in %s", folder);
        emit_json("{\"step\":\"certificates\",\"folder\":%s}", place);
        result = broker_start(broker, folder, wanted.client_id, wanted.port, wanted.kill_after > 0);
    }
    if (result == EXIT_OK) {
        say("broker       Mosquitto on 127.0.0.1:%ld, TLS 1.2 and 1.3, client certificates "
            "required",
            broker->port);
        emit_json("{\"step\":\"broker\",\"port\":%ld}", broker->port);
    }
    free(place);
    return result;
}

static int prepare(void)
{
    struct build build = {.source = linnet_root(), .preset = wanted.board, .target = DEMO_APP};
    int result;

    if (!wanted.device && (!build_check_preset(wanted.board) || !board_check_network(wanted.board)))
        return EXIT_USAGE;
    result = packages_ensure(wanted.device ? NEED_DEMO
                                           : NEED_BUILD | NEED_DEMO | build_needs(wanted.board));
    if (result != EXIT_OK || wanted.device)
        return result;
    say("build        %s for %s", DEMO_APP,
        strcmp(wanted.board, DEFAULT_PRESET) == 0 ? "the simulator" : wanted.board);
    emit_json("{\"step\":\"build\",\"app\":\"%s\"}", DEMO_APP);
    return build_run(&build);
}

static int run(void)
{
    const char *root = linnet_root();
    struct broker broker = {.process.output = -1};
    char *folder = text_format("%s/build/demo/%s", root ? root : "", wanted.client_id);
    int result = root ? prepare() : EXIT_ENVIRONMENT;

    if (result == EXIT_OK && !wanted.broker)
        result = start_broker(&broker, folder);
    if (result == EXIT_OK)
        result = run_device(folder, &broker);
    if (!wanted.broker)
        emit_json("{\"step\":\"end\",\"pings\":%ld}", broker.pings);
    broker_stop(&broker);
    free(folder);
    return result;
}

static const struct argp_option options[] = {
    {"messages", 'n', "N", 0, "How many messages to publish (default: 12)", 0},
    {"interval", 'i', "MS", 0, "Milliseconds from one to the next (default: 1000)", 0},
    {"board", 'b', "BOARD", 0, "The device: a board in QEMU (default: the simulator)", 0},
    {"keep", OPTION_KEEP, NULL, 0, "Stay connected until Ctrl-C", 0},
    {"keep-alive", OPTION_KEEP_ALIVE, "S", 0,
     "Seconds of silence before the device gives a sign of life (default: 30)", 0},
    {"pcap", OPTION_PCAP, "FILE", 0, "Write every Ethernet frame of the device to a file", 0},
    {"port", OPTION_PORT, "PORT", 0, "Where the demo's broker listens (default: a free port)", 0},
    {"broker", OPTION_BROKER, "HOST:PORT", 0, "Use an existing broker, with the next three", 1},
    {"ca", OPTION_CA, "FILE", 0, "Certificate of the CA that the broker's is signed by", 1},
    {"cert", OPTION_CERT, "FILE", 0, "The device's certificate", 1},
    {"key", OPTION_KEY, "FILE", 0, "The device's private key", 1},
    {"client-id", OPTION_CLIENT_ID, "NAME", 0, "The device's name (default: " DEMO_CLIENT_ID ")",
     1},
    {"topic", OPTION_TOPIC, "TOPIC", 0, "Where it publishes (default: linnet/NAME/echo)", 1},
    {"kill-broker-after", OPTION_KILL_BROKER, "N", OPTION_HIDDEN, NULL, 0},
    {"device", OPTION_DEVICE, "PROGRAM", OPTION_HIDDEN, NULL, 0},
    {0},
};

const struct verb verb_demo = {
    .name = "demo",
    .summary = "A device talks MQTT over mutual TLS with a real broker",
    .example = "linnet demo --messages 3 --interval 100",
    .more = "Installs what is missing (as root), builds the device, makes throw-away certificates\n"
            "in build/demo, starts Mosquitto on 127.0.0.1, boots the device and ends by itself.\n"
            "Exit code 0: every message was published, received and acknowledged.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
