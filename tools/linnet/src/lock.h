/* SPDX-License-Identifier: MIT */
/* One at a time: two runs of the tool that build in the same folder, or make the same files. */
#pragma once

/* Waits for the lock FOLDER/.linnet-lock; the folder is made. Returns a descriptor for
 * lock_release, or -1 if interrupted or if there can be no lock, with a message. */
int lock_take(const char *folder);
void lock_release(int lock);
