/* SPDX-License-Identifier: MIT */
/* What is located lies in the frame and has addresses of one family. */
#include <stdlib.h>

#include "wire/locate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct located located;

    if (tcpip_locate(bytes, size, &located) != LOCATE_OK)
        return 0;
    if (located.offset > size || located.length > size - located.offset ||
        located.source.family != located.destination.family)
        abort();
    return 0;
}
