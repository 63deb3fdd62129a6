/* SPDX-License-Identifier: MIT */
/* What CMakePresets.json says of a preset. */
#pragma once

/* A cache variable of a preset or of one that it inherits, to be freed by the caller; NULL if none
 * sets it. */
char *preset_setting(const char *preset, const char *variable);
