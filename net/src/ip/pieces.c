/* SPDX-License-Identifier: MIT */
#include "ip/pieces.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_REASSEMBLY

/*@ requires \valid(pieces) && tcpip_pieces_sound(pieces) && at < pieces->count;
    assigns *pieces;
    ensures pieces->count == \old(pieces->count) - 1;
    ensures \forall integer i; 0 <= i < at ==> pieces->piece[i] == \old(pieces->piece[i]);
    ensures \forall integer i; at <= i < pieces->count ==>
            pieces->piece[i] == \at(pieces->piece[i + 1], Pre); */
static void take_out(struct tcpip_pieces *pieces, unsigned at)
{
    pieces->count--;
    /*@ loop invariant \at(at, Pre) <= at <= pieces->count;
        loop invariant \forall integer i; \at(at, Pre) <= i < at ==>
            pieces->piece[i] == \at(pieces->piece[i + 1], Pre);
        loop invariant \forall integer i; 0 <= i < \at(at, Pre) || at <= i < TCPIP_PIECES ==>
            pieces->piece[i] == \at(pieces->piece[i], Pre);
        loop assigns at, pieces->piece[0 .. TCPIP_PIECES - 1];
        loop variant pieces->count - at; */
    for (; at < pieces->count; at++)
        pieces->piece[at] = pieces->piece[at + 1];
}

/*@ requires \valid(pieces) && tcpip_pieces_sound(pieces);
    requires at <= pieces->count < TCPIP_PIECES;
    assigns *pieces;
    ensures pieces->count == \old(pieces->count) + 1;
    ensures pieces->piece[at].start == start && pieces->piece[at].end == end;
    ensures \forall integer i; 0 <= i < at ==> pieces->piece[i] == \old(pieces->piece[i]);
    ensures \forall integer i; at < i < pieces->count ==>
            pieces->piece[i] == \at(pieces->piece[i - 1], Pre); */
static void put_in(struct tcpip_pieces *pieces, unsigned at, uint16_t start, uint16_t end)
{
    /*@ loop invariant at <= i <= pieces->count;
        loop invariant \forall integer k; i < k <= pieces->count ==>
            pieces->piece[k] == \at(pieces->piece[k - 1], Pre);
        loop invariant \forall integer k; 0 <= k <= i ==>
            pieces->piece[k] == \at(pieces->piece[k], Pre);
        loop assigns i, pieces->piece[0 .. TCPIP_PIECES - 1];
        loop variant i; */
    for (unsigned i = pieces->count; i > at; i--)
        pieces->piece[i] = pieces->piece[i - 1];
    pieces->piece[at].start = start;
    pieces->piece[at].end = end;
    pieces->count++;
}

bool tcpip_pieces_add(struct tcpip_pieces *pieces, uint16_t start, uint16_t end)
{
    struct tcpip_piece *piece = pieces->piece;
    unsigned at = 0;

    /*@ loop invariant at <= pieces->count;
        loop invariant \forall integer i; 0 <= i < at ==> pieces->piece[i].end < start;
        loop assigns at;
        loop variant pieces->count - at; */
    while (at < pieces->count && piece[at].end < start)
        at++;
    /*@ assert \forall integer i; at < i < pieces->count ==> start < pieces->piece[i].start; */
    bool joins = at < pieces->count && piece[at].end == start; /* one that ends where it starts */
    unsigned next = at + joins;
    bool meets = next < pieces->count && piece[next].start == end;

    if (next < pieces->count && piece[next].start < end)
        return false;
    /*@ assert \forall integer i; next < i < pieces->count ==> end < pieces->piece[i].start; */
    /*@ assert next < pieces->count && !meets ==> end < pieces->piece[next].start; */
    if (joins && meets) {
        end = piece[next].end;
        take_out(pieces, next);
        /*@ assert \forall integer i; at < i < pieces->count ==> end < pieces->piece[i].start; */
        /*@ assert tcpip_pieces_sound(pieces); */
        piece[at].end = end;
        /*@ assert \forall integer size; \at(end, Pre) <= size && tcpip_pieces_within{Pre}(pieces, size) ==>
            tcpip_pieces_within(pieces, size); */
        /*@ assert tcpip_pieces_sound(pieces); */
    } else if (joins) {
        piece[at].end = end;
        /*@ assert tcpip_pieces_sound(pieces); */
    } else if (meets) {
        piece[at].start = start;
        /*@ assert tcpip_pieces_sound(pieces); */
    } else if (pieces->count == TCPIP_PIECES) {
        return false;
    } else {
        put_in(pieces, at, start, end);
        /*@ assert tcpip_pieces_sound(pieces); */
    }
    return true;
}

bool tcpip_pieces_hold(const struct tcpip_pieces *pieces, uint16_t start, uint16_t end)
{
    /*@ loop invariant i <= pieces->count;
        loop assigns i;
        loop variant pieces->count - i; */
    for (unsigned i = 0; i < pieces->count; i++)
        if (pieces->piece[i].start <= start && end <= pieces->piece[i].end)
            return true;
    return false;
}

#endif
