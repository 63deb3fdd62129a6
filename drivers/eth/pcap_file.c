/* SPDX-License-Identifier: MIT */
/* The pcap writer: every number is little-endian, as the magic number tells the reader. */
#include "pcap_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAGIC_MICROSECONDS 0xa1b2c3d4u
#define LINK_ETHERNET      1
#define SNAP_LENGTH        65535
#define FILE_HEADER_SIZE   24
#define FRAME_HEADER_SIZE  16

static void put_le32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value % 256);
        value /= 256;
    }
}

/* A short write is finished by further ones; only what fails outright ends the capture. */
static bool write_all(struct eth_pcap *file, struct iovec *parts, int count)
{
    while (count > 0) {
        ssize_t done = writev(file->descriptor, parts, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        while (count > 0 && (size_t)done >= parts->iov_len) {
            done -= (ssize_t)parts->iov_len;
            parts++;
            count--;
        }
        if (count > 0) {
            parts->iov_base = (uint8_t *)parts->iov_base + done;
            parts->iov_len -= (size_t)done;
        }
    }
    return true;
}

static void end_capture(struct eth_pcap *file)
{
    file->error = errno;
    if (ftruncate(file->descriptor, (off_t)file->size) != 0) {
        /* then the file ends in part of a frame, which readers report and survive */
    }
    close(file->descriptor);
    file->descriptor = -1;
}

bool eth_pcap_open(struct eth_pcap *file, const char *path)
{
    uint8_t header[FILE_HEADER_SIZE] = {0};
    struct iovec part = {header, sizeof header};

    *file = (struct eth_pcap){
        .descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (file->descriptor < 0) {
        file->error = errno;
        return false;
    }
    put_le32(header, MAGIC_MICROSECONDS);
    header[4] = 2; /* version 2.4 */
    header[6] = 4;
    put_le32(header + 16, SNAP_LENGTH);
    put_le32(header + 20, LINK_ETHERNET);
    if (!write_all(file, &part, 1)) {
        end_capture(file);
        return false;
    }
    file->size = sizeof header;
    return true;
}

bool eth_pcap_write(struct eth_pcap *file, uint64_t time_us, const void *frame, size_t size)
{
    uint8_t header[FRAME_HEADER_SIZE];
    struct iovec parts[2] = {{header, sizeof header}, {(void *)(uintptr_t)frame, size}};

    if (file->descriptor < 0)
        return false;
    put_le32(header, (uint32_t)(time_us / 1000000u));
    put_le32(header + 4, (uint32_t)(time_us % 1000000u));
    put_le32(header + 8, (uint32_t)size);
    put_le32(header + 12, (uint32_t)size);
    if (!write_all(file, parts, 2)) {
        end_capture(file);
        return false;
    }
    file->size += sizeof header + size;
    file->frames++;
    return true;
}

void eth_pcap_close(struct eth_pcap *file)
{
    if (file->descriptor < 0)
        return;
    if (close(file->descriptor) != 0 && file->error == 0)
        file->error = errno;
    file->descriptor = -1;
}
