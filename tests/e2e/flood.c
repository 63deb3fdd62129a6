/* SPDX-License-Identifier: MIT */
/* flood PORT SECONDS LONGEST: datagrams of every length up to that to 127.0.0.1, as many as go; prints how
 * many went. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { ROOM = 1472, AT_ONCE = 200 };

int main(int argc, char **argv)
{
    static char bytes[ROOM];
    const long longest = argc == 4 ? atol(argv[3]) : 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timespec pause = {.tv_nsec = 10000000};
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    long sent = 0;

    if (longest < 1 || longest > ROOM || descriptor < 0)
        return 2;
    address.sin_port = htons((unsigned short)atoi(argv[1]));
    for (time_t end = time(NULL) + atoi(argv[2]); time(NULL) < end; nanosleep(&pause, NULL))
        for (int i = 0; i < AT_ONCE; i++)
            sent += sendto(descriptor, bytes, (size_t)(1 + sent % longest), 0,
                           (struct sockaddr *)&address, sizeof address) > 0;
    printf("%ld\n", sent);
    return 0;
}
