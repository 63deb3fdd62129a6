/* SPDX-License-Identifier: MIT */
/*
 * The error numbers, which are the kernel's.
 */
#pragma once

#include "FreeRTOS.h"
