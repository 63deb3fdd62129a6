/* SPDX-License-Identifier: MIT */
/* Which failures are worth another attempt, and sentences for those of the MQTT client. */
#include "explain.h"

#include <stdio.h>

static char text[320];

bool explain_tls_is_hopeless(enum tls_result result)
{
    switch (result) {
    case TLS_OK:
    case TLS_NO_MEMORY:
    case TLS_CLOSED_IN_HANDSHAKE:
    case TLS_TIMEOUT:
    case TLS_CLOSED:
    case TLS_TRUNCATED:
    case TLS_FORGED_RECORD:
        return false;
    default:
        return true;
    }
}

const char *explain_mqtt(MQTTStatus_t status, const char *doing)
{
    const char *why;

    switch (status) {
    case MQTTServerRefused:
        why = "the broker refused the connection: look at its log, and at whether the client id "
              "and the certificate's identity are allowed";
        break;
    case MQTTRecvFailed:
    case MQTTSendFailed:
        why = "the connection broke: the broker ended or the network is gone; it is tried again";
        break;
    case MQTTKeepAliveTimeout:
        why = "the broker has been silent for longer than the keep-alive allows; it is tried again";
        break;
    case MQTTSuccess:
    case MQTTNeedMoreBytes:
    case MQTTNoDataAvailable:
        why = "the broker does not answer: it is overloaded, or does not speak MQTT 3.1.1";
        break;
    default:
        why = "what the broker sent does not follow MQTT 3.1.1: look at its version and settings";
        break;
    }
    snprintf(text, sizeof text, "%s failed (%s): %s", doing, MQTT_Status_strerror(status), why);
    return text;
}

const char *explain_refused_subscription(const char *topic)
{
    snprintf(text, sizeof text,
             "the broker refused the subscription to %s: its access control list does not let this "
             "device's certificate read there; allow it, or choose another --topic",
             topic);
    return text;
}
