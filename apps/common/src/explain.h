/* SPDX-License-Identifier: MIT */
/* Sentences for a person: what went wrong, why, and what to do. They stay valid until the next call
 * of the same function. */
#pragma once

#include <core_mqtt.h>
#include <tls_transport.h>

#include <stdbool.h>

/* Whether a failure of TLS will come again until somebody changes something. */
bool explain_tls_is_hopeless(enum tls_result result);

/* Why the MQTT client gave up while `doing` something. */
const char *explain_mqtt(MQTTStatus_t status, const char *doing);

/* Why a subscription was refused. */
const char *explain_refused_subscription(const char *topic);
