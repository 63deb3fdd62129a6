/* SPDX-License-Identifier: MIT */
/*
 * Seconds since 1970 of a host that lends its files but has no call for the time: Linux tells in
 * /proc/stat when it was started, and in /proc/uptime how long ago that was. 0: the host has no such
 * files.
 */
#pragma once

/* To be called by the board's semihosting where its protocol does not tell the time. */
long host_time(void);
