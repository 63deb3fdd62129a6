/* SPDX-License-Identifier: MIT */
/* The state machine by its public functions: every state and event, the tables, the order. */
#include "core_mqtt.h"
#include "core_mqtt_state.h"

#include <string.h>

#include "linnet_test.h"

static MQTTPubAckInfo_t outgoing[3], incoming[2];
static MQTTContext_t context;

static int32_t no_recv(NetworkContext_t *network, void *buffer, size_t size)
{
    return 0;
}

static int32_t no_send(NetworkContext_t *network, const void *buffer, size_t size)
{
    return 0;
}

static uint32_t no_time(void)
{
    return 0;
}

static void no_callback(MQTTContext_t *client, MQTTPacketInfo_t *packet,
                        MQTTDeserializedInfo_t *info)
{
}

static void open_context(void)
{
    static uint8_t bytes[16];
    TransportInterface_t transport = {no_recv, no_send, NULL, NULL};
    MQTTFixedBuffer_t buffer = {bytes, sizeof bytes};

    memset(outgoing, 0xA5, sizeof outgoing);
    memset(incoming, 0xA5, sizeof incoming);
    CHECK_EQUAL(MQTTSuccess, MQTT_Init(&context, &transport, no_time, no_callback, &buffer));
    CHECK_EQUAL(MQTTSuccess, MQTT_InitStatefulQoS(&context, outgoing, 3, incoming, 2));
}

/* Which state follows, or MQTTStateNull where the event is refused. */
static MQTTPublishState_t expected_state(MQTTPublishState_t state, MQTTPubAckType_t type,
                                         MQTTStateOperation_t operation)
{
    static const struct {
        MQTTPubAckType_t type;
        MQTTStateOperation_t operation;
        MQTTPublishState_t from, to;
    } rules[] = {
        {MQTTPuback, MQTT_SEND, MQTTPubAckSend, MQTTPublishDone},
        {MQTTPubrec, MQTT_SEND, MQTTPubRecSend, MQTTPubRelPending},
        {MQTTPubrec, MQTT_SEND, MQTTPubRelPending, MQTTPubRelPending},
        {MQTTPubrel, MQTT_RECEIVE, MQTTPubRecSend, MQTTPubCompSend},
        {MQTTPubrel, MQTT_RECEIVE, MQTTPubRelPending, MQTTPubCompSend},
        {MQTTPubrel, MQTT_RECEIVE, MQTTPubCompSend, MQTTPubCompSend},
        {MQTTPubcomp, MQTT_SEND, MQTTPubCompSend, MQTTPublishDone},
        {MQTTPuback, MQTT_RECEIVE, MQTTPubAckPending, MQTTPublishDone},
        {MQTTPubrec, MQTT_RECEIVE, MQTTPubRecPending, MQTTPubRelSend},
        {MQTTPubrec, MQTT_RECEIVE, MQTTPubRelSend, MQTTPubRelSend},
        {MQTTPubrec, MQTT_RECEIVE, MQTTPubCompPending, MQTTPubRelSend},
        {MQTTPubrel, MQTT_SEND, MQTTPubRelSend, MQTTPubCompPending},
        {MQTTPubrel, MQTT_SEND, MQTTPubCompPending, MQTTPubCompPending},
        {MQTTPubcomp, MQTT_RECEIVE, MQTTPubCompPending, MQTTPublishDone},
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].type == type && rules[i].operation == operation && rules[i].from == state)
            return rules[i].to;
    return MQTTStateNull;
}

static bool is_outgoing(MQTTPublishState_t state)
{
    return state == MQTTPublishSend || state == MQTTPubRelSend || state == MQTTPubAckPending ||
           state == MQTTPubRecPending || state == MQTTPubCompPending;
}

static void check_event(MQTTPublishState_t state, MQTTPubAckType_t type,
                        MQTTStateOperation_t operation)
{
    MQTTQoS_t qos = state == MQTTPubAckSend || state == MQTTPubAckPending ? MQTTQoS1 : MQTTQoS2;
    bool other_table = is_outgoing(state) != ((type == MQTTPubrel) == (operation == MQTT_SEND));
    MQTTPublishState_t expected = expected_state(state, type, operation);
    MQTTPublishState_t got = MQTTStateNull;
    MQTTPubAckInfo_t *record = is_outgoing(state) ? outgoing : incoming;

    open_context();
    *record = (MQTTPubAckInfo_t){7, qos, state};
    MQTTStatus_t status = MQTT_UpdateStateAck(&context, 7, type, operation, &got);
    CHECK_EQUAL(other_table                 ? MQTTBadResponse
                : expected == MQTTStateNull ? MQTTIllegalState
                                            : MQTTSuccess,
                status);
    CHECK_EQUAL(other_table ? MQTTStateNull : expected, got);
    if (status != MQTTSuccess)
        CHECK_EQUAL(state, record->publishState);
    CHECK_EQUAL(status == MQTTSuccess && expected == MQTTPublishDone ? 0 : 7, record->packetId);
}

TEST(every_state_with_every_acknowledgement)
{
    for (unsigned state = MQTTPublishSend; state < MQTTPublishDone; state++)
        for (unsigned type = MQTTPuback; type <= MQTTPubcomp; type++) {
            check_event((MQTTPublishState_t)state, (MQTTPubAckType_t)type, MQTT_SEND);
            check_event((MQTTPublishState_t)state, (MQTTPubAckType_t)type, MQTT_RECEIVE);
        }
}

TEST(acknowledgements_of_the_other_qos_are_refused)
{
    MQTTPublishState_t state;

    open_context();
    outgoing[0] = (MQTTPubAckInfo_t){7, MQTTQoS2, MQTTPubRecPending};
    outgoing[1] = (MQTTPubAckInfo_t){8, MQTTQoS1, MQTTPubAckPending};
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStateAck(&context, 7, MQTTPuback, MQTT_RECEIVE, &state));
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStateAck(&context, 8, MQTTPubrec, MQTT_RECEIVE, &state));
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStateAck(&context, 8, MQTTPubcomp, MQTT_RECEIVE, &state));
    CHECK_EQUAL(MQTTBadResponse,
                MQTT_UpdateStateAck(&context, 9, MQTTPuback, MQTT_RECEIVE, &state));
}

TEST(publish_states)
{
    CHECK_EQUAL(MQTTPublishDone, MQTT_CalculateStatePublish(MQTT_SEND, MQTTQoS0));
    CHECK_EQUAL(MQTTPubAckPending, MQTT_CalculateStatePublish(MQTT_SEND, MQTTQoS1));
    CHECK_EQUAL(MQTTPubRecPending, MQTT_CalculateStatePublish(MQTT_SEND, MQTTQoS2));
    CHECK_EQUAL(MQTTPublishDone, MQTT_CalculateStatePublish(MQTT_RECEIVE, MQTTQoS0));
    CHECK_EQUAL(MQTTPubAckSend, MQTT_CalculateStatePublish(MQTT_RECEIVE, MQTTQoS1));
    CHECK_EQUAL(MQTTPubRecSend, MQTT_CalculateStatePublish(MQTT_RECEIVE, MQTTQoS2));
    CHECK_EQUAL(MQTTStateNull, MQTT_CalculateStatePublish(MQTT_SEND, (MQTTQoS_t)3));
}

TEST(the_table_fills_up_and_identifiers_collide)
{
    open_context();
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 1, MQTTQoS1));
    CHECK_EQUAL(MQTTStateCollision, MQTT_ReserveState(&context, 1, MQTTQoS1));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 2, MQTTQoS2));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 3, MQTTQoS1));
    CHECK_EQUAL(MQTTNoMemory, MQTT_ReserveState(&context, 4, MQTTQoS1));
    CHECK_EQUAL(MQTTSuccess, MQTT_RemoveStateRecord(&context, 2));
    CHECK_EQUAL(MQTTBadResponse, MQTT_RemoveStateRecord(&context, 2));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 4, MQTTQoS1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_ReserveState(&context, 0, MQTTQoS1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_ReserveState(&context, 5, MQTTQoS0));
    CHECK_EQUAL(MQTTBadParameter, MQTT_ReserveState(NULL, 5, MQTTQoS1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_RemoveStateRecord(&context, 0));
    CHECK_EQUAL(MQTTBadParameter, MQTT_CancelCallback(NULL, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_CancelCallback(&context, 1));
}

TEST(resending_keeps_the_order_of_publishing)
{
    MQTTPublishState_t state;
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;

    open_context();
    for (uint16_t id = 1; id <= 3; id++) {
        CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, id, MQTTQoS2));
        CHECK_EQUAL(MQTTSuccess,
                    MQTT_UpdateStatePublish(&context, id, MQTT_SEND, MQTTQoS2, &state));
    }
    CHECK_EQUAL(MQTTSuccess, MQTT_RemoveStateRecord(&context, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 9, MQTTQoS1)); /* closes the gap */
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStateAck(&context, 3, MQTTPubrec, MQTT_RECEIVE, &state));
    CHECK_EQUAL(2, MQTT_PublishToResend(&context, &cursor));
    CHECK_EQUAL(9, MQTT_PublishToResend(&context, &cursor)); /* reserved, never sent */
    CHECK_EQUAL(0, MQTT_PublishToResend(&context, &cursor));
    CHECK_EQUAL(0, MQTT_PublishToResend(&context, &cursor));
    cursor = MQTT_STATE_CURSOR_INITIALIZER;
    CHECK_EQUAL(3, MQTT_PubrelToResend(&context, &cursor, &state));
    CHECK_EQUAL(MQTTPubRelSend, state);
    CHECK_EQUAL(0, MQTT_PubrelToResend(&context, &cursor, &state));
    CHECK_EQUAL(0, MQTT_PublishToResend(NULL, &cursor));
    CHECK_EQUAL(0, MQTT_PublishToResend(&context, NULL));
    CHECK_EQUAL(0, MQTT_PubrelToResend(&context, &cursor, NULL));
}

TEST(a_received_message_of_qos_2_is_known_until_its_pubrel)
{
    MQTTPublishState_t state;

    open_context();
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStatePublish(&context, 5, MQTT_RECEIVE, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTPubRecSend, state);
    CHECK_EQUAL(MQTTStateCollision,
                MQTT_UpdateStatePublish(&context, 5, MQTT_RECEIVE, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStateAck(&context, 5, MQTTPubrec, MQTT_SEND, &state));
    CHECK_EQUAL(MQTTStateCollision,
                MQTT_UpdateStatePublish(&context, 5, MQTT_RECEIVE, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStatePublish(&context, 5, MQTT_RECEIVE, MQTTQoS1, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStateAck(&context, 5, MQTTPubrel, MQTT_RECEIVE, &state));
    CHECK_EQUAL(MQTTSuccess, /* the identifier is free for the next message */
                MQTT_UpdateStatePublish(&context, 5, MQTT_RECEIVE, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStatePublish(&context, 6, MQTT_RECEIVE, MQTTQoS1, &state));
    CHECK_EQUAL(MQTTPubAckSend, state);
    CHECK_EQUAL(MQTTNoMemory, MQTT_UpdateStatePublish(&context, 7, MQTT_RECEIVE, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStatePublish(&context, 0, MQTT_RECEIVE, MQTTQoS0, &state));
    CHECK_EQUAL(MQTTPublishDone, state);
}

TEST(a_sent_message_needs_its_record)
{
    MQTTPublishState_t state;

    open_context();
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS1, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 5, MQTTQoS2));
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS1, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTSuccess, MQTT_UpdateStateAck(&context, 5, MQTTPubrec, MQTT_RECEIVE, &state));
    CHECK_EQUAL(MQTTIllegalState,
                MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_UpdateStatePublish(&context, 0, MQTT_SEND, MQTTQoS2, &state));
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, (MQTTQoS_t)3, &state));
    CHECK_EQUAL(MQTTBadParameter, MQTT_UpdateStatePublish(&context, 5, MQTT_SEND, MQTTQoS1, NULL));
}

TEST(ledger_22_identifiers_wrap_and_pass_over_those_in_use)
{
    open_context();
    CHECK_EQUAL(1, MQTT_GetPacketId(&context));
    CHECK_EQUAL(2, MQTT_GetPacketId(&context));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, UINT16_MAX, MQTTQoS1));
    CHECK_EQUAL(MQTTSuccess, MQTT_ReserveState(&context, 1, MQTTQoS1));
    context.nextPacketId = UINT16_MAX - 1;
    CHECK_EQUAL(UINT16_MAX - 1, MQTT_GetPacketId(&context));
    CHECK_EQUAL(2, MQTT_GetPacketId(&context));
    for (uint32_t i = 0; i < 200000; i++) {
        uint16_t id = MQTT_GetPacketId(&context);
        CHECK(id > 1 && id < UINT16_MAX);
    }
    CHECK_EQUAL(MQTT_PACKET_ID_INVALID, MQTT_GetPacketId(NULL));
}

TEST(every_status_and_state_has_its_name)
{
    CHECK_STRING("MQTTSuccess", MQTT_Status_strerror(MQTTSuccess));
    CHECK_STRING("MQTTNeedMoreBytes", MQTT_Status_strerror(MQTTNeedMoreBytes));
    CHECK_STRING("MQTTStateNull", MQTT_State_strerror(MQTTStateNull));
    CHECK_STRING("MQTTPublishDone", MQTT_State_strerror(MQTTPublishDone));
    for (unsigned value = 0; value < 11; value++) {
        CHECK(strncmp(MQTT_State_strerror((MQTTPublishState_t)value), "MQTT", 4) == 0);
        CHECK(strncmp(MQTT_Status_strerror((MQTTStatus_t)value), "MQTT", 4) == 0);
    }
    CHECK_STRING("invalid", MQTT_Status_strerror((MQTTStatus_t)12));
    CHECK_STRING("invalid", MQTT_State_strerror((MQTTPublishState_t)11));
}
