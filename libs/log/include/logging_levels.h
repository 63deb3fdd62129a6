/* SPDX-License-Identifier: MIT */
/*
 * The levels of logging, as numbers that the preprocessor can compare: a library is compiled with
 * all messages up to LIBRARY_LOG_LEVEL.
 */
#pragma once

#define LOG_NONE  0
#define LOG_ERROR 1 /* something does not work, and the code gave up on it */
#define LOG_WARN  2 /* unexpected; the code goes on */
#define LOG_INFO  3 /* what a person who watches wants to see */
#define LOG_DEBUG 4 /* what a person who looks for a fault wants to see */
