/* SPDX-License-Identifier: MIT */
/* What an application gets from the simulated board: settings, blobs, clocks, signals, the end. */
#include <linnet_test.h>

#include "sim_board.h"

#include <netif.h>
#include <sim.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Runs `body` in a child whose standard error comes back; returns its exit code. */
static int run_child(void (*body)(void), char *text, size_t size)
{
    int ends[2], status;
    size_t used = 0;
    ssize_t got;

    CHECK(pipe(ends) == 0);
    pid_t process = fork();
    CHECK(process >= 0);
    if (process == 0) {
        dup2(ends[1], 2);
        body();
        _exit(0);
    }
    close(ends[1]);
    while (used < size - 1 && (got = read(ends[0], text + used, size - 1 - used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    close(ends[0]);
    CHECK(waitpid(process, &status, 0) == process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(settings_come_from_the_command_line)
{
    static char *words[] = {"program", "--a=1",    "--b",    "two", "--c",   "--ab=3", "rest",
                            "--a=4",   "--empty=", "--last", "--",  "--d=5", NULL};

    board_settings_init(12, words);
    CHECK_STRING("4", board_setting("a"));
    CHECK_STRING("two", board_setting("b"));
    CHECK_STRING("1", board_setting("c"));
    CHECK_STRING("3", board_setting("ab"));
    CHECK_STRING("", board_setting("empty"));
    CHECK_STRING("1", board_setting("last"));
    CHECK(board_setting("d") == NULL);
    CHECK(board_setting("none") == NULL);
    CHECK(board_setting("") == NULL);
}

TEST(settings_come_from_the_environment_next)
{
    static char *words[] = {"program", "--first=line", NULL};

    setenv("LINNET_FIRST", "environment", 1);
    setenv("LINNET_LONG_NAME", "environment", 1);
    board_settings_init(2, words);
    CHECK_STRING("line", board_setting("first"));
    CHECK_STRING("environment", board_setting("long-name"));
}

static void ask_known(void)
{
    static const char *const known[] = {"count", "name", NULL};

    if (!board_settings_known(known))
        _exit(2);
}

TEST(mistyped_setting_is_found)
{
    static char *good[] = {"program", "--count=1", "--name", "--seed", "3", "--", "--other", NULL};
    static char *mistyped[] = {"program", "--count", "1", "--nam=x", NULL};
    static char *longer[] = {"program", "--counts", NULL};
    char text[300];

    board_settings_init(7, good);
    CHECK_EQUAL(0, run_child(ask_known, text, sizeof text));
    board_settings_init(4, mistyped);
    CHECK_EQUAL(2, run_child(ask_known, text, sizeof text));
    CHECK(strstr(text, "no setting '--nam'; there are --count --name --virtual") != NULL);
    board_settings_init(2, longer);
    CHECK_EQUAL(2, run_child(ask_known, text, sizeof text));
}

static void ask_number(void)
{
    board_setting_number("number", 0, 100);
}

TEST(wrong_number_ends_with_what_is_right)
{
    static const char *const wrong[] = {"", "x", "-1", "101", "1x", "99999999999999999999"};
    char text[200];

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        setenv("LINNET_NUMBER", wrong[i], 1);
        CHECK_EQUAL(2, run_child(ask_number, text, sizeof text));
        CHECK(strstr(text, "give a number from 0 to 100") != NULL);
    }
    setenv("LINNET_NUMBER", "100", 1);
    CHECK_EQUAL(100, board_setting_number("number", 7, 100));
    unsetenv("LINNET_NUMBER");
    CHECK_EQUAL(7, board_setting_number("number", 7, 100));
}

TEST(blob_is_the_file_with_a_zero_behind)
{
    char path[] = "/tmp/linnet-blob-XXXXXX";
    int descriptor = mkstemp(path);
    size_t size = 0;

    CHECK(descriptor >= 0 && write(descriptor, "hello", 5) == 5);
    setenv("LINNET_GREETING", path, 1);
    const uint8_t *bytes = board_blob("greeting", &size);
    unlink(path);
    CHECK(bytes != NULL);
    CHECK_EQUAL(5, size);
    CHECK_BYTES("hello", bytes, 6);
    CHECK(board_blob("greeting", &size) == bytes);
}

static void ask_blob(void)
{
    size_t size;

    if (board_blob("thing", &size) == NULL)
        _exit(3);
}

TEST(missing_blob_is_explained)
{
    char text[300];

    CHECK_EQUAL(3, run_child(ask_blob, text, sizeof text));
    CHECK(strstr(text, "add --thing FILE") != NULL);
    setenv("LINNET_THING", "/nonexistent/file", 1);
    CHECK_EQUAL(3, run_child(ask_blob, text, sizeof text));
    CHECK(strstr(text, "'/nonexistent/file': No such file or directory") != NULL);
    setenv("LINNET_THING", "/tmp", 1);
    CHECK_EQUAL(3, run_child(ask_blob, text, sizeof text));
    CHECK(strstr(text, "Is a directory") != NULL);
}

TEST(entropy_differs_each_time)
{
    uint8_t first[64] = {0}, second[64] = {0};

    CHECK(board_entropy(first, sizeof first) && board_entropy(second, sizeof second));
    CHECK(memcmp(first, second, sizeof first) != 0);
}

TEST(real_time_is_the_default)
{
    int64_t seconds;

    CHECK(sim_is_real_time());
    CHECK(board_wall_clock(&seconds));
    CHECK(llabs((long long)seconds - (long long)time(NULL)) <= 1);
    uint64_t before = board_uptime_us();
    usleep(2000);
    CHECK(board_uptime_us() >= before + 2000);
    CHECK(board_uptime_us() < 30000000);
}

TEST(signals_ask_to_stop)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    CHECK(!board_stop_requested());
    raise(signals[getpid() % 3]);
    CHECK(board_stop_requested());
    raise(SIGPIPE);
    raise(SIGXFSZ);
}

static void exit_with_full_output(void)
{
    if (freopen("/dev/full", "w", stdout) == NULL)
        _exit(9);
    printf("lost\n");
    board_exit(0);
}

static void exit_with_3(void)
{
    board_exit(3);
}

TEST(exit_code_tells_of_lost_output)
{
    char text[300];

    CHECK_EQUAL(3, run_child(exit_with_3, text, sizeof text));
    CHECK_EQUAL(1, run_child(exit_with_full_output, text, sizeof text));
    CHECK(strstr(text, "standard output is incomplete") != NULL);
}

static void make_netif(void)
{
    board_netif();
}

TEST(wrong_network_settings_are_explained)
{
    char text[300];

    setenv("LINNET_MAC", "02:00:00:00:00", 1);
    CHECK_EQUAL(2, run_child(make_netif, text, sizeof text));
    setenv("LINNET_MAC", "03:00:00:00:00:01", 1);
    CHECK_EQUAL(2, run_child(make_netif, text, sizeof text));
    CHECK(strstr(text, "--mac '03:00:00:00:00:01' is wrong") != NULL);
    unsetenv("LINNET_MAC");
    setenv("LINNET_FORWARD", "tcp:0:80", 1);
    CHECK_EQUAL(2, run_child(make_netif, text, sizeof text));
    unsetenv("LINNET_FORWARD");
    setenv("LINNET_PCAP", "/nonexistent/x.pcap", 1);
    CHECK_EQUAL(1, run_child(make_netif, text, sizeof text));
    CHECK(strstr(text, "cannot make /nonexistent/x.pcap: No such file") != NULL);
}

/* The setting is wrong in this way, and is told to be. */
static void check_wrong(const char *name, const char *value, const char *message)
{
    char text[500];

    setenv(name, value, 1);
    CHECK_EQUAL(2, run_child(make_netif, text, sizeof text));
    CHECK(strstr(text, message) != NULL);
    unsetenv(name);
}

TEST(the_network_is_slirp_or_a_tap)
{
    char text[500];

    check_wrong("LINNET_NETWORK", "bridge0", "--network 'bridge0' is wrong: give slirp, or tap:");
    check_wrong("LINNET_FAULTS", "lose=1", "--faults 'lose=1' is wrong: give it together with");
    setenv("LINNET_NETWORK", "slirp", 1);
    CHECK_STRING("slirp", board_netif()->driver->name);
    setenv("LINNET_NETWORK", "tap:absent", 1);
    CHECK_EQUAL(0, run_child(make_netif, text, sizeof text)); /* made once */
}

TEST(a_tap_has_settings_of_its_own)
{
    char text[500];

    setenv("LINNET_NETWORK", "tap:absent0", 1);
    CHECK_EQUAL(1, run_child(make_netif, text, sizeof text));
    CHECK(strstr(text, "'absent0' cannot be used: there is no such interface") != NULL);
    check_wrong("LINNET_FAULTS", "loss=1", "--faults 'loss=1' is wrong: give parts like lose=20");
    check_wrong("LINNET_FORWARD", "tcp:8080:80", "give it without --network tap:NAME");
}

TEST(network_interface_has_the_given_address)
{
    setenv("LINNET_MAC", "02:00:00:aa:BB:01", 1);
    setenv("LINNET_FORWARD", "udp:5555:7", 1);
    struct netif *netif = board_netif();
    CHECK_BYTES("\x02\x00\x00\xaa\xbb\x01", netif->mac, 6);
    CHECK(board_netif() == netif);
    CHECK_STRING("eth0", netif->name);
}
