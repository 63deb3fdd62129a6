/* SPDX-License-Identifier: MIT */
/*
 * The functions of string.h as proofs see them: over uint8_t, as all our bytes are. It stands in front
 * of every file and keeps the prover's own string.h out. Whoever moves anything else by them gets a
 * warning about incompatible pointers, which counts as unproved.
 */
#pragma once

#define __FC_STRING_H_

#include <stddef.h>
#include <stdint.h>

/*@ requires \valid(to + (0 .. size - 1)) && \valid_read(from + (0 .. size - 1));
    requires \separated(to + (0 .. size - 1), from + (0 .. size - 1));
    assigns to[0 .. size - 1] \from from[0 .. size - 1];
    assigns \result \from to;
    ensures \forall integer i; 0 <= i < size ==> to[i] == \old(from[i]);
    ensures \result == to; */
uint8_t *memcpy(uint8_t *to, const uint8_t *from, size_t size);

/*@ requires \valid(to + (0 .. size - 1)) && \valid_read(from + (0 .. size - 1));
    assigns to[0 .. size - 1] \from from[0 .. size - 1];
    assigns \result \from to;
    ensures \forall integer i; 0 <= i < size ==> to[i] == \old(from[i]);
    ensures \result == to; */
uint8_t *memmove(uint8_t *to, const uint8_t *from, size_t size);

/*@ requires \valid(to + (0 .. size - 1)) && 0 <= value <= 255;
    assigns to[0 .. size - 1] \from value;
    assigns \result \from to;
    ensures \forall integer i; 0 <= i < size ==> to[i] == value;
    ensures \result == to; */
uint8_t *memset(uint8_t *to, int value, size_t size);

/*@ requires \valid_read(one + (0 .. size - 1)) && \valid_read(other + (0 .. size - 1));
    assigns \result \from one[0 .. size - 1], other[0 .. size - 1];
    ensures \result == 0 <==> \forall integer i; 0 <= i < size ==> one[i] == other[i]; */
int memcmp(const uint8_t *one, const uint8_t *other, size_t size);

/*@ requires \exists integer end; 0 <= end && text[end] == 0 && \valid_read(text + (0 .. end));
    assigns \result \from text[0 ..];
    ensures text[\result] == 0 && \valid_read(text + (0 .. \result));
    ensures \forall integer i; 0 <= i < \result ==> text[i] != 0; */
size_t strlen(const char *text);

/*@ ghost // The same for annotations.
    /@ requires \exists integer end; 0 <= end && text[end] == 0 && \valid_read(text + (0 .. end));
       assigns \nothing;
       ensures text[\result] == 0 && \valid_read(text + (0 .. \result)); @/
    size_t size_of_text(const char *text); */

/*@ requires \exists integer end; 0 <= end && one[end] == 0 && \valid_read(one + (0 .. end));
    requires \exists integer end; 0 <= end && other[end] == 0 && \valid_read(other + (0 .. end));
    assigns \result \from one[0 ..], other[0 ..]; */
int strcmp(const char *one, const char *other);

/* Between two tasks an index is published once what it covers is there; of that order a proof of one
 * side's calls knows nothing, and needs nothing. */
#define __FC_STDATOMIC
#define _Atomic
#define atomic_load_explicit(object, order)         (*(object))
#define atomic_store_explicit(object, value, order) (*(object) = (value))
#define atomic_thread_fence(order)

/* Not known to the analyser, and without consequence for what is proved. */
#define _Alignas(what)

/*@ // C11 6.3.1.3, which the provers' theory of integers leaves out: one turn round the circle.
    axiomatic conversion_to_uint32 {
        axiom from_below: \forall integer x; -0x100000000 <= x < 0 ==>
            (uint32_t)x == x + 0x100000000;
        axiom from_above: \forall integer x; 0x100000000 <= x < 0x200000000 ==>
            (uint32_t)x == x - 0x100000000;
    } */
