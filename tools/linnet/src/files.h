/* SPDX-License-Identifier: MIT */
/* Files and folders, and where Linnet lies. Errors leave errno set. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The folder of this checkout, found from the place of the running program; NULL with a message if
 * the program does not lie in one. Stays valid. */
const char *linnet_root(void);

bool file_exists(const char *path);
bool folder_exists(const char *path);

/* Whether a file of this name could be made or overwritten. */
bool file_can_be_made(const char *path);

/* Makes the folder and those above it. */
bool make_folder(const char *path);

/* The whole file with a zero byte behind it, to be freed by the caller; NULL: not readable. */
char *read_whole_file(const char *path);

/* Writes the file beside its place and moves it there, so that it is there whole or not at all. */
bool write_whole_file(const char *path, const char *text, mode_t mode);

/* Copies the plain files of one folder to another, which is made; how many, or -1. */
int copy_folder(const char *from, const char *to);

/* Removes a folder and all that lies in it. Success if it was not there. */
bool remove_folder(const char *path);

/* Where the command lies in PATH or in the folders for administration; NULL: nowhere. To be freed
 * by the caller. */
char *find_command(const char *name);
