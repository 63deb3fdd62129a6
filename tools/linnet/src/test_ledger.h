/* SPDX-License-Identifier: MIT */
/*
 * The ledger of fault classes: which tests show that the product withstands a class of mistakes. A
 * case belongs to class N by its name, `ledger_N_WHAT`; no other list says so.
 */
#pragma once

struct test_plan;

enum { LEDGER_CLASSES = 45 };

/* The part of a name that cases of the ledger have; to be used as a filter. */
#define LEDGER_FILTER "ledger_"

/* The class that a case belongs to, from its whole name, or 0. */
unsigned ledger_class(const char *name);

/* Runs the cases of the plan and prints one line a class: NUMBER, the names of its tests with a
 * blank between, and `pass`, `fail` or `absent`, with tabs between. A class whose tests were all
 * skipped is absent. An exit code. */
int ledger_run(struct test_plan *plan);
