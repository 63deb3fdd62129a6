/* SPDX-License-Identifier: MIT */
#include "packages.h"

#include "args.h"
#include "files.h"
#include "process.h"
#include "service_guard.h"
#include "terminal.h"
#include "text.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct package table[] = {
    {"gcc", "gcc", NULL, NEED_BUILD | NEED_CONFIG, false, "compiles everything"},
    {"libc6-dev", NULL, "/usr/include/stdio.h", NEED_BUILD, false, "the host's C library"},
    {"cmake", "cmake", NULL, NEED_BUILD, false, "describes the build"},
    {"ninja-build", "ninja", NULL, NEED_BUILD, false, "runs the build"},
    {"libslirp-dev", NULL, "/usr/include/slirp/libslirp.h", NEED_BUILD, false,
     "the simulator's network without root"},
    {"kconfig-frontends-nox", "kconfig-conf", NULL, NEED_BUILD | NEED_CONFIG, false,
     "reads the options, and has the menu"},
    {"xz-utils", "xz", NULL, NEED_BUILD, false, "unpacks Mbed TLS"},
    {"gcc-arm-none-eabi", "arm-none-eabi-gcc", NULL, NEED_CROSS, true, "compiles for Cortex-M"},
    {"libnewlib-arm-none-eabi", NULL, "/usr/lib/arm-none-eabi/newlib/libc.a", NEED_CROSS, true,
     "the C library on Cortex-M"},
    {"qemu-system-arm", "qemu-system-arm", NULL, NEED_CROSS, true, "emulates the boards"},
    {"gcc-riscv64-unknown-elf", "riscv64-unknown-elf-gcc", NULL, NEED_RISCV, true,
     "compiles for RISC-V"},
    {"picolibc-riscv64-unknown-elf", NULL, "/usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs",
     NEED_RISCV, true, "the C library on RISC-V"},
    {"qemu-system-misc", "qemu-system-riscv32", NULL, NEED_RISCV | NEED_XTENSA, true,
     "emulates RISC-V and Xtensa"},
    {"gcc-xtensa-lx106", "xtensa-lx106-elf-gcc", NULL, NEED_XTENSA, true, "compiles for Xtensa"},
    {"picolibc-xtensa-lx106-elf", NULL, "/usr/lib/xtensa-lx106-elf/picolibc.specs", NEED_XTENSA,
     true, "the C library on Xtensa"},
    {"gcc-mipsel-linux-gnu", "mipsel-linux-gnu-gcc", NULL, NEED_MIPS, true, "compiles for MIPS"},
    {"meson", "meson", NULL, NEED_MIPS, true, "builds the C library for MIPS"},
    {"qemu-system-mips", "qemu-system-mipsel", NULL, NEED_MIPS, true, "emulates MIPS"},
    {"mosquitto", "mosquitto", NULL, NEED_DEMO | NEED_TEST, false, "the MQTT broker"},
    {"openssl", "openssl", NULL, NEED_DEMO | NEED_TEST, false, "makes the demo's certificates"},
    {"clang", "clang", NULL, NEED_CLANG | NEED_TEST, false, "the second compiler"},
    {"libclang-rt-14-dev", NULL, "/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a",
     NEED_CLANG, false, "sanitizers and fuzzers"},
    {"mosquitto-clients", "mosquitto_pub", NULL, NEED_TEST, true, "the tests' second MQTT peer"},
    {"tshark", "tshark", NULL, NEED_TEST, true, "judges packet captures"},
    {"iproute2", "ip", NULL, NEED_TEST, true, "makes the networks of the tests against Linux"},
    {"dnsmasq-base", "dnsmasq", NULL, NEED_TEST, true, "the tests' DHCP and DNS server"},
    {"radvd", "radvd", NULL, NEED_TEST, true, "the tests' IPv6 router"},
    {"avahi-daemon", "avahi-daemon", NULL, NEED_TEST, true, "the tests' Multicast DNS peer"},
    {"avahi-utils", "avahi-resolve", NULL, NEED_TEST, true, "asks that peer"},
    {"dbus-daemon", "dbus-daemon", NULL, NEED_TEST, true, "leads to that peer"},
    {"valgrind", "valgrind", NULL, NEED_BENCH, true, "counts instructions on the host"},
    {"gdb-multiarch", "gdb-multiarch", NULL, NEED_DEBUG | NEED_TEST, true,
     "debugs the simulator and the boards"},
    {"frama-c-base", "frama-c", NULL, NEED_PROOF, true, "turns code and contracts into goals"},
    {"why3", "why3", NULL, NEED_PROOF, true, "hands goals to provers"},
    {"z3", "z3", NULL, NEED_PROOF, true, "a prover"},
    {"cvc4", "cvc4", NULL, NEED_PROOF, true, "the other prover"},
    {"clang-format", "clang-format", NULL, NEED_TEST, true, "checks the format of the source"},
    {0},
};

const struct package *package_table(void)
{
    return table;
}

bool package_present(const struct package *package)
{
    glob_t found = {0};
    char *path;
    bool present;

    if (package->command) {
        path = find_command(package->command);
        free(path);
        return path != NULL;
    }
    present = glob(package->file, GLOB_NOSORT, NULL, &found) == 0;
    globfree(&found);
    return present;
}

/* Adds the names of missing packages; how many of them are indispensable. */
static size_t missing_packages(unsigned needs, struct args *names)
{
    size_t indispensable = 0;

    for (const struct package *package = table; package->name; package++) {
        if (!(package->needs & needs) || package_present(package))
            continue;
        args_add(names, "%s", package->name);
        indispensable += !package->optional;
    }
    return indispensable;
}

static char *install_line(const struct args *names)
{
    char *words = args_line(names);
    char *line = text_format("apt-get update && apt-get install -y --no-install-recommends %s",
                             words);

    free(words);
    return line;
}

char *packages_line(unsigned needs)
{
    struct args names = {0};
    char *line = NULL;

    missing_packages(needs, &names);
    if (names.count)
        line = install_line(&names);
    args_free(&names);
    return line;
}

static int apt_get(const struct args *words)
{
    struct args command = {0};
    struct args environment = {0};
    struct process_spec spec = {.args = &command, .environment = &environment, .patient = true};
    int status;

    args_add(&environment, "DEBIAN_FRONTEND=noninteractive");
    args_add_all(&command, (const char *const[]){"apt-get", "-o", "Dpkg::Use-Pty=0", NULL});
    args_add_all(&command, (const char *const *)words->items);
    status = process_run(&spec);
    args_free(&command);
    args_free(&environment);
    return status;
}

static int install(const struct args *names)
{
    struct args update = {0};
    struct args words = {0};
    int status;

    args_add(&update, "update");
    args_add_all(&words, (const char *const[]){"install", "-y", "--no-install-recommends", NULL});
    args_add_all(&words, (const char *const *)names->items);
    status = apt_get(&update);
    if (status == 0) {
        service_guard_begin(names);
        status = apt_get(&words);
        if (!service_guard_end() && status == 0)
            status = EXIT_FAILED;
    }
    args_free(&update);
    args_free(&words);
    return status;
}

static int report_missing(const struct args *names, bool indispensable)
{
    char *line = install_line(names);
    char *what = args_line(names);

    if (indispensable) {
        char *mend = text_format("run as root:  %s", line);

        what = text_append(what, " missing", strlen(" missing"));
        complain(what, "packages can be installed by root only", mend);
        free(mend);
    } else {
        say("Tests that need %s will be skipped; to have them, run as root:  %s", what, line);
    }
    free(line);
    free(what);
    return indispensable ? EXIT_ENVIRONMENT : EXIT_OK;
}

int packages_ensure(unsigned needs)
{
    struct args names = {0};
    size_t indispensable = missing_packages(needs, &names);
    char *apt = find_command("apt-get");
    int result = EXIT_OK;
    int status;

    if (names.count && (geteuid() != 0 || !apt)) {
        result = report_missing(&names, indispensable > 0);
    } else if (names.count) {
        char *words = args_line(&names);

        say("Installing: %s", words);
        free(words);
        status = install(&names);
        if (status == PROCESS_STOPPED)
            result = EXIT_STOPPED;
        else if (status != 0) {
            complain("the packages could not be installed", "apt-get's last lines above say why",
                     "mend that (network, disk, a running apt?), then run the same command again");
            result = EXIT_ENVIRONMENT;
        }
    }
    free(apt);
    args_free(&names);
    return result;
}
