/* SPDX-License-Identifier: MIT */
/*
 * The states of a TCP connection as FreeRTOS_connstatus numbers them.
 */
#pragma once

#include "FreeRTOS_Sockets.h"

typedef enum eTCP_STATE {
    eCLOSED,
    eTCP_LISTEN,
    eCONNECT_SYN,
    eSYN_FIRST, /* never told: eCONNECT_SYN and eSYN_RECEIVED are */
    eSYN_RECEIVED,
    eESTABLISHED,
    eFIN_WAIT_1,
    eFIN_WAIT_2,
    eCLOSE_WAIT,
    eCLOSING,
    eLAST_ACK,
    eTIME_WAIT,
} eIPTCPState_t;
