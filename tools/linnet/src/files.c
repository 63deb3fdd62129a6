/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "terminal.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *linnet_root(void)
{
    static char root[PATH_MAX];
    ssize_t size;

    if (root[0])
        return root;
    size = readlink("/proc/self/exe", root, sizeof root - 1);
    root[size > 0 ? size : 0] = '\0';
    for (int level = 0; level < 3 && size > 0; level++) {
        char *slash = strrchr(root, '/');

        if (slash)
            *slash = '\0';
    }
    char *marker = text_format("%s/CMakePresets.json", root);
    bool found = file_exists(marker);

    free(marker);
    if (found)
        return root;
    root[0] = '\0';
    complain("this program does not lie in a Linnet checkout",
             "it expects to be CHECKOUT/build/host/linnet",
             "start it by the script CHECKOUT/linnet");
    return NULL;
}

bool file_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool file_can_be_made(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? text_format("%.*s/", (int)(slash - path), path) : text_copy(".");
    bool possible = !folder_exists(path) && folder_exists(folder) && access(folder, W_OK) == 0;

    free(folder);
    return possible;
}

bool make_folder(const char *path)
{
    char *copy = text_copy(path);
    bool made = true;

    for (char *at = copy + 1; made && *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        made = mkdir(copy, 0777) == 0 || errno == EEXIST;
        *at = '/';
    }
    made = made && (mkdir(copy, 0777) == 0 || errno == EEXIST) && folder_exists(copy);
    free(copy);
    return made;
}

char *read_whole_file(const char *path)
{
    FILE *file = fopen(path, "re");
    char chunk[4096];
    char *text;
    size_t size;

    if (!file)
        return NULL;
    text = text_copy("");
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        text = text_append(text, chunk, size);
    if (ferror(file)) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

static bool write_and_close(int descriptor, const char *text)
{
    size_t size = strlen(text);
    size_t done = 0;
    int error = 0;

    while (done < size && !error) {
        ssize_t part = write(descriptor, text + done, size - done);

        if (part > 0)
            done += (size_t)part;
        else if (part == 0 || errno != EINTR)
            error = part == 0 ? ENOSPC : errno;
    }
    if (close(descriptor) != 0 && !error)
        error = errno;
    errno = error;
    return error == 0;
}

bool write_whole_file(const char *path, const char *text, mode_t mode)
{
    char *fresh = text_format("%s.new", path);
    int descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    bool written = descriptor >= 0 && write_and_close(descriptor, text) && rename(fresh, path) == 0;
    int error = errno;

    if (!written && descriptor >= 0)
        unlink(fresh);
    free(fresh);
    errno = error;
    return written;
}

static bool copy_file(const char *from, const char *to)
{
    char chunk[65536];
    size_t size;
    FILE *in = fopen(from, "re");
    FILE *out = in ? fopen(to, "we") : NULL;
    bool copied = out != NULL;

    while (copied && (size = fread(chunk, 1, sizeof chunk, in)) > 0)
        copied = fwrite(chunk, 1, size, out) == size;
    copied = copied && !ferror(in);
    if (out)
        copied = fclose(out) == 0 && copied;
    if (in)
        fclose(in);
    return copied;
}

int copy_folder(const char *from, const char *to)
{
    DIR *folder = make_folder(to) ? opendir(from) : NULL;
    struct dirent *entry;
    int count = folder ? 0 : -1;

    while (count >= 0 && (entry = readdir(folder))) {
        char *source = text_format("%s/%s", from, entry->d_name);
        char *target = text_format("%s/%s", to, entry->d_name);

        if (file_exists(source))
            count = copy_file(source, target) ? count + 1 : -1;
        free(source);
        free(target);
    }
    if (folder)
        closedir(folder);
    return count;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

bool remove_folder(const char *path)
{
    return nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT;
}

char *find_command(const char *name)
{
    const char *path = getenv("PATH");
    char *folders = text_format("%s:/usr/local/sbin:/usr/sbin:/sbin",
                                path ? path : "/usr/bin:/bin");
    char *found = NULL;
    char *rest = folders;
    char *folder;

    while (!found && (folder = strsep(&rest, ":"))) {
        char *candidate = text_format("%s/%s", *folder ? folder : ".", name);

        if (file_exists(candidate) && access(candidate, X_OK) == 0)
            found = candidate;
        else
            free(candidate);
    }
    free(folders);
    return found;
}
