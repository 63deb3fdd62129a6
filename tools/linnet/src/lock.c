/* SPDX-License-Identifier: MIT */
#include "lock.h"

#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static int open_lock(const char *folder)
{
    char *path = text_format("%s/.linnet-lock", folder);
    int lock = make_folder(folder) ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;

    if (lock < 0) {
        char *what = text_format("cannot write in %s", folder);

        complain(what, strerror(errno), "look at its owner and at the room on the disk:  df -h");
        free(what);
    }
    free(path);
    return lock;
}

int lock_take(const char *folder)
{
    int lock = open_lock(folder);
    bool told = false;

    while (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (interrupted() || errno != EWOULDBLOCK) {
            close(lock);
            return -1;
        }
        if (!told && terminal.verbose)
            say("Waiting for another linnet that works in %s", folder);
        told = true;
        sleep_ms(50);
    }
    return lock;
}

void lock_release(int lock)
{
    if (lock >= 0)
        close(lock);
}
