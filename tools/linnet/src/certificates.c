/* SPDX-License-Identifier: MIT */
#include "certificates.h"

#include "args.h"
#include "files.h"
#include "lock.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define VALID_DAYS    "30"
#define RENEW_SECONDS "86400"

/* Where openssl finds the extensions; its own default file differs between systems. */
static const char configuration[] = "# Made by `linnet demo`.\n"
                                    "[req]\n"
                                    "distinguished_name = name\n"
                                    "prompt = no\n"
                                    "[name]\n"
                                    "[ca]\n"
                                    "basicConstraints = critical, CA:TRUE, pathlen:0\n"
                                    "keyUsage = critical, keyCertSign, cRLSign\n"
                                    "subjectKeyIdentifier = hash\n"
                                    "[server]\n"
                                    "basicConstraints = critical, CA:FALSE\n"
                                    "keyUsage = critical, digitalSignature\n"
                                    "extendedKeyUsage = serverAuth\n"
                                    "subjectAltName = DNS:" DEMO_SERVER_NAME "\n"
                                    "subjectKeyIdentifier = hash\n"
                                    "authorityKeyIdentifier = keyid\n"
                                    "[device]\n"
                                    "basicConstraints = critical, CA:FALSE\n"
                                    "keyUsage = critical, digitalSignature\n"
                                    "extendedKeyUsage = clientAuth\n"
                                    "subjectKeyIdentifier = hash\n"
                                    "authorityKeyIdentifier = keyid\n";

static int openssl(const char *folder, const char *const *words)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .directory = folder};
    char *output = NULL;
    int status;

    args_add(&command, "openssl");
    args_add_all(&command, words);
    status = process_capture(&spec, &output);
    if (status != 0 && status != PROCESS_STOPPED && args_contain(&command, "-out")) {
        complain("openssl could not make a certificate", output,
                 "if the disk is full or files are limited (df -h, ulimit -f), make room; then "
                 "run the demo again");
    }
    args_free(&command);
    free(output);
    return status;
}

/* The same as DER, for devices that read nothing else: NAME.der and NAME-key.der. */
static int make_binary(const char *folder, const char *name)
{
    char *certificate = text_format("%s.crt", name);
    char *key = text_format("%s.key", name);
    char *binary = text_format("%s.der", name);
    char *binary_key = text_format("%s-key.der", name);
    int status = openssl(folder, (const char *const[]){"x509", "-in", certificate, "-outform",
                                                       "DER", "-out", binary, NULL});

    if (status == 0)
        status = openssl(folder, (const char *const[]){"pkey", "-in", key, "-outform", "DER",
                                                       "-out", binary_key, NULL});
    free(certificate);
    free(key);
    free(binary);
    free(binary_key);
    return status;
}

/* True if the set is whole, belongs together and will be valid tomorrow. */
static bool is_good(const char *folder, const char *identity)
{
    char *marker = text_format("%s/" CERTIFICATES_FOLDER "/identity", folder);
    char *made_for = read_whole_file(marker);
    bool good = made_for && strcmp(made_for, identity) == 0;

    static const char *const certificates[] = {CA_CERTIFICATE, SERVER_CERTIFICATE,
                                               DEVICE_CERTIFICATE};
    static const char *const binaries[] = {CA_BINARY, DEVICE_BINARY, DEVICE_KEY_BINARY};

    for (size_t i = 0; i < 3 && good; i++) {
        char *path = text_format("%s/%s", folder, binaries[i]);

        good = file_exists(path);
        free(path);
    }
    for (size_t i = 0; i < 3 && good; i++)
        good = openssl(folder, (const char *const[]){"x509", "-noout", "-in", certificates[i],
                                                     "-checkend", RENEW_SECONDS, NULL}) == 0;
    good = good && openssl(folder, (const char *const[]){"verify", "-CAfile", CA_CERTIFICATE,
                                                         SERVER_CERTIFICATE, DEVICE_CERTIFICATE,
                                                         NULL}) == 0;
    free(marker);
    free(made_for);
    return good;
}

/* Makes NAME.key and NAME.crt, signed by itself if `name` is `ca`, otherwise by the CA. */
static int make_one(const char *folder, const char *name, const char *common_name)
{
    struct args words = {0};
    int status;

    args_add_all(&words,
                 (const char *const[]){"req", "-x509", "-config", "openssl.cnf", "-newkey", "ec",
                                       "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-sha256",
                                       "-days", VALID_DAYS, "-extensions", name, NULL});
    args_add(&words, "-subj");
    args_add(&words, "/CN=%s", common_name);
    args_add(&words, "-keyout");
    args_add(&words, "%s.key", name);
    args_add(&words, "-out");
    args_add(&words, "%s.crt", name);
    if (strcmp(name, "ca") != 0)
        args_add_all(&words, (const char *const[]){"-CA", "ca.crt", "-CAkey", "ca.key", NULL});
    status = openssl(folder, (const char *const *)words.items);
    args_free(&words);
    return status == 0 ? make_binary(folder, name) : status;
}

static bool put(const char *folder, const char *name, const char *text)
{
    char *path = text_format("%s/%s", folder, name);
    bool written = terminal.dry_run || write_whole_file(path, text, 0600);

    if (!written) {
        char *what = text_format("cannot write %s", path);

        complain(what, strerror(errno), "make room on the disk (df -h, ulimit -f)");
        free(what);
    }
    free(path);
    return written;
}

static int make_set(const char *folder, const char *identity)
{
    mode_t mask = umask(0077);
    int status = EXIT_FAILED;

    if (!terminal.dry_run && (!remove_folder(folder) || !make_folder(folder)))
        complain("cannot make a folder for the certificates", strerror(errno), "look at: df -h");
    else if (put(folder, "openssl.cnf", configuration) && put(folder, "identity", identity))
        status = EXIT_OK;
    if (status == EXIT_OK)
        status = make_one(folder, "ca", "Linnet demo CA");
    if (status == EXIT_OK)
        status = make_one(folder, "server", DEMO_SERVER_NAME);
    if (status == EXIT_OK)
        status = make_one(folder, "device", identity);
    umask(mask);
    return status;
}

static int replace_set(const char *folder, const char *identity)
{
    char *fresh = text_format("%s/" CERTIFICATES_FOLDER ".new", folder);
    char *place = text_format("%s/" CERTIFICATES_FOLDER, folder);
    int status = make_set(fresh, identity);

    if (status == EXIT_OK && !terminal.dry_run &&
        (!remove_folder(place) || rename(fresh, place) != 0)) {
        complain("cannot put the certificates in their place", strerror(errno), NULL);
        status = EXIT_FAILED;
    }
    if (status != EXIT_OK)
        remove_folder(fresh);
    free(fresh);
    free(place);
    return status;
}

int certificates_ensure(const char *folder, const char *identity)
{
    int lock = terminal.dry_run ? 0 : lock_take(folder);
    int status;

    if (lock < 0)
        return interrupted() ? EXIT_STOPPED : EXIT_FAILED;
    status = !terminal.dry_run && is_good(folder, identity) ? EXIT_OK
                                                            : replace_set(folder, identity);
    if (lock > 0)
        lock_release(lock);
    if (interrupted())
        return EXIT_STOPPED;
    return status == 0 ? EXIT_OK : EXIT_FAILED;
}
