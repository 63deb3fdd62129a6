/* SPDX-License-Identifier: MIT */
/*
 * The demo's throw-away certificates: a CA, a server for `broker.linnet.test` and a device, all
 * ECDSA P-256, made by the openssl command. They are made as a whole in a fresh folder that then
 * takes its place, so an interrupt or a full disk never leaves half a set.
 */
#pragma once

#define DEMO_SERVER_NAME "broker.linnet.test"

/* Files of the set, below the folder given to certificates_ensure. */
#define CERTIFICATES_FOLDER "certificates"
#define CA_CERTIFICATE      CERTIFICATES_FOLDER "/ca.crt"
#define SERVER_CERTIFICATE  CERTIFICATES_FOLDER "/server.crt"
#define SERVER_KEY          CERTIFICATES_FOLDER "/server.key"
#define DEVICE_CERTIFICATE  CERTIFICATES_FOLDER "/device.crt"
#define DEVICE_KEY          CERTIFICATES_FOLDER "/device.key"
/* The device's as DER. */
#define CA_BINARY         CERTIFICATES_FOLDER "/ca.der"
#define DEVICE_BINARY     CERTIFICATES_FOLDER "/device.der"
#define DEVICE_KEY_BINARY CERTIFICATES_FOLDER "/device-key.der"

/* Makes sure of a set that is valid for at least another day; `identity` is the device's common
 * name. An exit code; a failure has been reported. */
int certificates_ensure(const char *folder, const char *identity);
