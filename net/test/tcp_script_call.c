/* SPDX-License-Identifier: MIT */
/* Calls of the application, and what happens in the network: see tcp_script_play.h. */
#include "tcp_script_play.h"

/* --- the application ------------------------------------------------------------------------------ */

static void let_go(struct play *play)
{
    play->script.connection = NULL;
}

static bool application(struct play *play)
{
    struct script *script = &play->script;
    struct tcpip_tcp_connection *connection = script->connection;
    uint32_t number = play_value(play->step, SCRIPT_NUMBER, 0), room;

    if (!play_has_connection(play))
        return false;
    switch (play->step->verb) {
    case SCRIPT_WRITE:
        play_meet(play, SCRIPT_ON_WRITE);
        room = tcpip_ring_free(&connection->send);
        app_write(script, number < room ? number : room);
        return play_result(play, number < room ? number : room);
    case SCRIPT_READ:
        play_meet(play, SCRIPT_ON_READ);
        return play_result(play, app_read(script));
    case SCRIPT_SHUTDOWN:
        play_meet(play, SCRIPT_ON_SHUTDOWN);
        tcpip_tcp_shutdown(connection);
        return true;
    case SCRIPT_CLOSE:
        play_meet(play, SCRIPT_ON_CLOSE);
        let_go(play);
        tcpip_tcp_close(connection);
        return true;
    default:
        play_meet(play, SCRIPT_ON_ABORT);
        let_go(play);
        tcpip_tcp_abort(connection);
        return true;
    }
}

static bool settings(struct play *play)
{
    struct script *script = &play->script;
    struct tcpip_tcp_connection *connection = script->connection;
    const struct script_operand *operands = play->step->operands;

    if (!play_has_connection(play))
        return false;
    switch (play->step->verb) {
    case SCRIPT_OPTION:
        connection->options = 0;
        for (unsigned i = 0; i < play->step->count; i++)
            connection->options |= (uint8_t)operands[i].value;
        break;
    case SCRIPT_KEEP_ALIVE:
        play->keep_alive = (struct tcpip_keep_alive){operands[0].value, operands[1].value,
                                                     (uint8_t)operands[2].value};
        connection->keep_alive = &play->keep_alive;
        break;
    case SCRIPT_USER_TIMEOUT:
        connection->user_timeout = operands[0].value;
        break;
    default:
        connection->little_room = operands[0].value;
        connection->enough_room = operands[1].value;
        break;
    }
    tcpip_tcp_service(connection);
    return true;
}

static bool opening(struct play *play)
{
    struct script *script = &play->script;

    switch (play->step->verb) {
    case SCRIPT_CONNECT:
        play_meet(play, SCRIPT_ON_OPEN);
        script_connect(script);
        return play_result(play, script->connection != NULL);
    case SCRIPT_LISTEN:
        script_listen(script, (uint16_t)play_value(play->step, SCRIPT_NUMBER, 1));
        return true;
    case SCRIPT_UNLISTEN:
        tcpip_tcp_unlisten(&script->listener);
        script->listener.host = NULL;
        return true;
    default:
        script->connection = tcpip_tcp_accept(&script->listener, &script->owner);
        if (script->connection != NULL)
            script->own_base = script->connection->initial_sequence;
        return play_result(play, script->connection != NULL);
    }
}

static bool reach(struct play *play)
{
    struct script *script = &play->script;

    script_reach(script, play_value(play->step, SCRIPT_WORD, 0));
    if (script->connection != NULL && script->connection->passive)
        let_go(play); /* it waits at its listener */
    return true;
}

/* --- the network ------------------------------------------------------------------------------------- */

static bool network(struct play *play)
{
    struct script *script = &play->script;
    const struct script_operand *operands = play->step->operands;
    struct tcpip_tcp_endpoints endpoints = {script->local, script->peer, SCRIPT_LOCAL_PORT,
                                            script->peer_port};

    switch (play->step->verb) {
    case SCRIPT_UNREACHABLE:
        play_meet(play, SCRIPT_ON_UNREACHABLE);
        tcpip_tcp_icmp(&script->host, &endpoints, script->own_base + operands[0].value, 0);
        return true;
    case SCRIPT_TOO_BIG:
        play_meet(play, SCRIPT_ON_TOO_BIG);
        tcpip_tcp_icmp(&script->host, &endpoints, script->own_base + operands[1].value,
                       (uint16_t)operands[0].value);
        return true;
    case SCRIPT_ADDRESS_LOST:
        play_meet(play, SCRIPT_ON_ADDRESS_LOST);
        tcpip_tcp_address_lost(&script->host, &script->local);
        return true;
    case SCRIPT_PEER:
        script->peer_port = (uint16_t)operands[0].value;
        let_go(play);
        return true;
    default:
        if (operands[0].value == 0)
            script->transmit_fails = operands[1].value;
        else
            script->allocate_fails = operands[1].value;
        return true;
    }
}

bool play_call(struct play *play)
{
    switch (play->step->verb) {
    case SCRIPT_REACH:
        return reach(play);
    case SCRIPT_CONNECT:
    case SCRIPT_LISTEN:
    case SCRIPT_UNLISTEN:
    case SCRIPT_ACCEPT:
        return opening(play);
    case SCRIPT_OPTION:
    case SCRIPT_KEEP_ALIVE:
    case SCRIPT_USER_TIMEOUT:
    case SCRIPT_MARKS:
        return settings(play);
    case SCRIPT_WRITE:
    case SCRIPT_READ:
    case SCRIPT_SHUTDOWN:
    case SCRIPT_CLOSE:
    case SCRIPT_ABORT:
        return application(play);
    default:
        return network(play);
    }
}
