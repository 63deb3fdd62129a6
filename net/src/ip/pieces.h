/* SPDX-License-Identifier: MIT */
/*
 * Which bytes of a packet that comes in fragments are there: a bounded, sorted list of pieces that never
 * touch or overlap.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define TCPIP_PIECES 16

struct tcpip_piece {
    uint16_t start, end; /* [start, end) */
};

struct tcpip_pieces {
    uint8_t count;
    struct tcpip_piece piece[TCPIP_PIECES];
};

/*@ predicate tcpip_pieces_sound{L}(struct tcpip_pieces *pieces) =
        pieces->count <= TCPIP_PIECES &&
        (\forall integer i; 0 <= i < pieces->count ==>
            pieces->piece[i].start < pieces->piece[i].end) &&
        (\forall integer i, j; 0 <= i < j < pieces->count ==>
            pieces->piece[i].end < pieces->piece[j].start);

    // None goes beyond so many bytes.
    predicate tcpip_pieces_within{L}(struct tcpip_pieces *pieces, integer size) =
        \forall integer i; 0 <= i < pieces->count ==> pieces->piece[i].end <= size; */

/* Adds a piece, joined with those it touches. False: it overlaps one, or the list is full; it is as it was. */
/*@ requires \valid(pieces) && tcpip_pieces_sound(pieces) && start < end;
    assigns *pieces;
    ensures tcpip_pieces_sound(pieces);
    ensures \forall integer size; end <= size && tcpip_pieces_within{Old}(pieces, size) ==>
            tcpip_pieces_within(pieces, size); */
bool tcpip_pieces_add(struct tcpip_pieces *pieces, uint16_t start, uint16_t end);

/* All of it is there. */
/*@ requires \valid_read(pieces) && tcpip_pieces_sound(pieces);
    assigns \nothing;
    ensures \result ==> \exists integer i; 0 <= i < pieces->count &&
            pieces->piece[i].start <= start && end <= pieces->piece[i].end; */
bool tcpip_pieces_hold(const struct tcpip_pieces *pieces, uint16_t start, uint16_t end);

/* Where the last of them ends; 0: there is none. */
/*@ requires \valid_read(pieces) && tcpip_pieces_sound(pieces);
    assigns \nothing;
    ensures tcpip_pieces_within(pieces, \result); */
static inline uint16_t tcpip_pieces_end(const struct tcpip_pieces *pieces)
{
    return pieces->count > 0 ? pieces->piece[pieces->count - 1].end : 0;
}
