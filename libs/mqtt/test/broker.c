/* SPDX-License-Identifier: MIT */
/*
 * The configuration lives in memory (a memfd that the broker inherits), and the kernel kills the
 * broker when the test's process ends: nothing is left behind, however the test ends.
 */
#define _GNU_SOURCE
#include "broker.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linnet_test.h"
#include "posix_transport.h"

enum { START_MS = 10000, NOT_INSTALLED = 127 };

static uint16_t free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(probe, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(getsockname(probe, (struct sockaddr *)&address, &size) == 0);
    close(probe);
    return ntohs(address.sin_port);
}

static int write_configuration(uint16_t port)
{
    int file = memfd_create("mosquitto.conf", 0);

    CHECK(file >= 0);
    CHECK(dprintf(file,
                  "listener %u 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type none\n"
                  "%s",
                  (unsigned)port, geteuid() == 0 ? "user root\n" : "") > 0);
    return file;
}

static _Noreturn void run_broker(int configuration, pid_t parent)
{
    char path[32];
    int null = open("/dev/null", O_RDWR);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    snprintf(path, sizeof path, "/proc/self/fd/%d", configuration);
    execlp("mosquitto", "mosquitto", "-c", path, (char *)NULL);
    execl("/usr/sbin/mosquitto", "mosquitto", "-c", path, (char *)NULL);
    _exit(NOT_INSTALLED);
}

static bool answers(struct broker *broker)
{
    struct NetworkContext network;

    if (!posix_transport_open(&network, broker->port))
        return false;
    posix_transport_close(&network);
    return true;
}

struct broker broker_start(void)
{
    struct broker broker = {0, free_port()};
    int configuration = write_configuration(broker.port);
    pid_t parent = getpid();
    uint32_t started = posix_time_ms();

    broker.process = fork();
    CHECK(broker.process >= 0);
    if (broker.process == 0)
        run_broker(configuration, parent);
    close(configuration);
    while (!answers(&broker)) {
        int status;
        if (waitpid(broker.process, &status, WNOHANG) == broker.process) {
            if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_INSTALLED)
                test_skip("mosquitto is not installed");
            test_fail("mosquitto did not start", __FILE__, __LINE__);
        }
        CHECK(posix_time_ms() - started < START_MS);
        usleep(20000);
    }
    return broker;
}

void broker_stop(struct broker *broker)
{
    kill(broker->process, SIGKILL);
    waitpid(broker->process, NULL, 0);
}
