/* SPDX-License-Identifier: MIT */
/*
 * The netif driver. A frame to send is written to the TAP by the stack's task, which Linux takes at
 * once; what Linux sends is read into the stack's frames by the simulated interrupt `service`. With a
 * bad cable both ways lead through it, and `service` is called when its next frame is due. Whoever
 * touches `device` has interrupts masked, or is an interrupt.
 */
#include "tap.h"

#include "capture.h"

#include <sim_device.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define MTU            1500
#define TAG_SIZE       4
#define FRAME_SIZE_MAX (NETIF_HEADER_SIZE + TAG_SIZE + MTU) /* with a VLAN tag */
#define BURST          64                                   /* frames that one interrupt takes */
#define RETRY_US       1000   /* when the stack had no frame to spare */
#define LOOK_UP_US     100000 /* between two looks whether the link is still up, … */
#define LOOK_DOWN_US   10000  /* … and whether it came up */

struct device {
    const char *tap;
    int descriptor; /* the TAP */
    int control;    /* any socket of the TAP's network namespace, to ask for flags */
    bool started;
    bool plugged;  /* our end of the cable */
    bool linux_up; /* the other end */
    bool starved;  /* the stack had no frame */
    bool removed;  /* the TAP was deleted */
    uint64_t next_look_us;
    struct sim_device poller;
    struct eth_capture capture;
    bool has_faults;
    struct eth_faults faults;
};

static struct device device = {.descriptor = -1, .control = -1};
static struct netif interface;

static bool is_up(void)
{
    return device.plugged && device.linux_up;
}

/* --- to Linux -------------------------------------------------------------------------------- */

static void write_out(struct netif *netif, const uint8_t *bytes, size_t size)
{
    ssize_t done;

    do
        done = write(device.descriptor, bytes, size);
    while (done < 0 && errno == EINTR);
    if (done != (ssize_t)size) {
        netif->counters.tx_errors++;
        return;
    }
    netif->counters.tx_frames++;
    netif->counters.tx_bytes += (uint32_t)size;
}

static void send_one(struct netif *netif, const struct netif_frame *frame)
{
    uint8_t joined[FRAME_SIZE_MAX];
    const uint8_t *bytes = frame->data;
    size_t size = (size_t)frame->length + frame->more_length;

    if (size < NETIF_HEADER_SIZE || size > FRAME_SIZE_MAX || !is_up()) {
        netif->counters.tx_errors++;
        return;
    }
    if (frame->more_length > 0) {
        memcpy(joined, frame->data, frame->length);
        memcpy(joined + frame->length, frame->more, frame->more_length);
        bytes = joined;
    }
    eth_capture_frame(&device.capture, sim_time_us(), bytes, size);
    if (device.has_faults)
        eth_faults_put(&device.faults, ETH_FAULTS_OUT, bytes, size, sim_time_us());
    else
        write_out(netif, bytes, size);
}

static void send_due(struct netif *netif)
{
    const struct eth_faults_frame *frame;

    while ((frame = eth_faults_due(&device.faults, ETH_FAULTS_OUT, sim_time_us())) != NULL) {
        write_out(netif, frame->bytes, frame->size);
        eth_faults_drop(&device.faults, ETH_FAULTS_OUT);
    }
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    unsigned long state = sim_interrupts_mask();
    bool started = device.started;

    if (started) {
        send_one(netif, frame);
        if (device.has_faults)
            send_due(netif);
        netif->stack->release(frame);
    } else {
        netif->counters.tx_no_room++;
    }
    sim_interrupts_restore(state);
    return started;
}

/* --- from Linux ------------------------------------------------------------------------------ */

/* Reads one frame of at most `room` bytes. 0: none is there, or it was too long or too short, of which
 * *more tells. */
static size_t read_in(struct netif *netif, uint8_t *bytes, size_t room, bool *more)
{
    uint8_t excess;
    struct iovec parts[2] = {{bytes, room}, {&excess, 1}};
    ssize_t got = readv(device.descriptor, parts, 2);

    *more = got >= 0;
    if (got < NETIF_HEADER_SIZE || got > (ssize_t)room) {
        netif->counters.rx_errors += got >= 0;
        return 0;
    }
    if (!device.plugged)
        return 0;
    eth_capture_frame(&device.capture, sim_time_us(), bytes, (size_t)got);
    return (size_t)got;
}

/* A stack without VLANs may have no frames with room for a tag. */
static struct netif_frame *take_frame(struct netif *netif, size_t *room)
{
    struct netif_frame *frame;

    *room = FRAME_SIZE_MAX;
    frame = netif->stack->allocate(netif, *room);
    if (frame == NULL) {
        *room = FRAME_SIZE_MAX - TAG_SIZE;
        frame = netif->stack->allocate(netif, *room);
    }
    device.starved = frame == NULL;
    return frame;
}

static bool hand_over(struct netif *netif, struct netif_frame *frame, size_t size)
{
    frame->length = (uint16_t)size;
    frame->netif = netif;
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += (uint32_t)size;
    return netif->stack->receive_from_isr(netif, frame);
}

/* From the TAP straight into the stack's frames. */
static bool receive_plain(struct netif *netif, bool more)
{
    bool switch_due = false;

    for (unsigned i = 0; i < BURST && more; i++) {
        size_t room;
        struct netif_frame *frame = take_frame(netif, &room);
        if (frame == NULL)
            break;
        size_t size = read_in(netif, frame->data, room, &more);
        if (size > 0)
            switch_due |= hand_over(netif, frame, size);
        else
            netif->stack->release(frame);
    }
    return switch_due;
}

/* From the TAP into the cable, and out of it what is due. */
static bool receive_faulty(struct netif *netif, bool more)
{
    uint8_t bytes[FRAME_SIZE_MAX];
    const struct eth_faults_frame *due;
    bool switch_due = false;

    for (unsigned i = 0; i < BURST && more; i++) {
        size_t size = read_in(netif, bytes, sizeof bytes, &more);
        if (size > 0)
            eth_faults_put(&device.faults, ETH_FAULTS_IN, bytes, size, sim_time_us());
    }
    device.starved = false;
    while ((due = eth_faults_due(&device.faults, ETH_FAULTS_IN, sim_time_us())) != NULL) {
        size_t room;
        struct netif_frame *frame = take_frame(netif, &room);
        if (frame == NULL)
            break;
        if (due->size <= room) {
            memcpy(frame->data, due->bytes, due->size);
            switch_due |= hand_over(netif, frame, due->size);
        } else {
            netif->counters.rx_errors++;
            netif->stack->release(frame);
        }
        eth_faults_drop(&device.faults, ETH_FAULTS_IN);
    }
    return switch_due;
}

/* --- the link -------------------------------------------------------------------------------- */

/* Whether Linux would send: soon after both ends are there (IFF_RUNNING). */
static bool ask_linux(void)
{
    const short wanted = IFF_UP | IFF_RUNNING;
    struct ifreq request = {0};

    memcpy(request.ifr_name, device.tap, strlen(device.tap));
    return ioctl(device.control, SIOCGIFFLAGS, &request) == 0 &&
           (request.ifr_flags & wanted) == wanted;
}

static enum netif_link link_state(struct netif *netif)
{
    (void)netif;
    return is_up() ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

static void tell_link(void *context)
{
    struct netif *netif = context;

    if (netif->stack->link_changed_from_isr(netif, link_state(netif)))
        sim_yield_from_isr();
}

/* Every now and then; as an interrupt. */
static void look_at_link(struct netif *netif)
{
    bool before = is_up();

    if (sim_time_us() < device.next_look_us && !device.removed)
        return;
    device.linux_up = !device.removed && ask_linux();
    device.next_look_us = device.removed
                              ? UINT64_MAX
                              : sim_time_us() + (device.linux_up ? LOOK_UP_US : LOOK_DOWN_US);
    if (is_up() != before)
        tell_link(netif);
}

void eth_tap_set_link(bool up)
{
    unsigned long state = sim_interrupts_mask();

    if (device.started && device.plugged != up) {
        device.plugged = up;
        sim_raise(tell_link, &interface);
    }
    sim_interrupts_restore(state);
}

/* --- the simulator's side -------------------------------------------------------------------- */

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static size_t fill(struct sim_device *poller, struct pollfd *polls, size_t room,
                   uint64_t *timeout_us)
{
    uint64_t now = sim_time_us(), next = device.next_look_us;

    (void)poller;
    if (device.has_faults) {
        next = earlier(next, eth_faults_next(&device.faults, ETH_FAULTS_OUT));
        if (!device.starved)
            next = earlier(next, eth_faults_next(&device.faults, ETH_FAULTS_IN));
    }
    if (device.starved)
        next = earlier(next, now + RETRY_US);
    *timeout_us = earlier(*timeout_us, next > now ? next - now : 0);
    if (room == 0 || device.removed || (device.starved && !device.has_faults))
        return 0;
    polls[0] = (struct pollfd){.fd = device.descriptor, .events = POLLIN};
    return 1;
}

static void service(struct sim_device *poller, const struct pollfd *polls, size_t poll_count)
{
    struct netif *netif = poller->context;
    short seen = poll_count > 0 ? polls[0].revents : 0;
    bool readable = (seen & POLLIN) != 0 || device.starved;

    if ((seen & (POLLERR | POLLHUP | POLLNVAL)) != 0 && !device.removed) {
        device.removed = true;
        fprintf(stderr, "tap: '%s' was deleted; the link is down from now on\n", device.tap);
    }
    look_at_link(netif);
    if (device.has_faults)
        send_due(netif);
    if (device.has_faults ? receive_faulty(netif, readable) : receive_plain(netif, readable))
        sim_yield_from_isr();
}

/* --- start and stop -------------------------------------------------------------------------- */

/* What waits in the TAP from before is of no interest. */
static void drain(void)
{
    uint8_t bytes[FRAME_SIZE_MAX];

    while (read(device.descriptor, bytes, sizeof bytes) >= 0)
        continue;
}

static bool start(struct netif *netif)
{
    unsigned long state = sim_interrupts_mask();

    if (!device.started) {
        drain();
        device.started = true;
        device.plugged = true;
        device.linux_up = ask_linux();
        sim_device_register(&device.poller);
    }
    sim_interrupts_restore(state);
    netif->stack->link_changed(netif, link_state(netif));
    return true;
}

static void stop(struct netif *netif)
{
    unsigned long state = sim_interrupts_mask();

    (void)netif;
    if (device.started) {
        device.started = false;
        device.plugged = false;
        sim_device_remove(&device.poller);
        for (unsigned way = 0; way < ETH_FAULTS_WAYS; way++)
            while (eth_faults_next(&device.faults, way) != UINT64_MAX)
                eth_faults_drop(&device.faults, way);
    }
    sim_interrupts_restore(state);
}

/* --- creation -------------------------------------------------------------------------------- */

const struct eth_faults_counters *eth_tap_faults(enum eth_faults_way way)
{
    return &device.faults.counters[way];
}

bool eth_tap_capture_failed(void)
{
    return device.capture.failed;
}

static bool refuse(const char *what, const char *mend)
{
    fprintf(stderr, "tap: %s; %s\n", what, mend);
    return false;
}

static bool refuse_tap(const char *tap, const char *why, const char *mend)
{
    fprintf(stderr, "tap: '%s' cannot be used: %s; %s\n", tap, why, mend);
    return false;
}

static bool set_mac(const uint8_t mac[NETIF_MAC_SIZE])
{
    static const uint8_t none[NETIF_MAC_SIZE];
    static const uint8_t local[NETIF_MAC_SIZE] = {0x02, 0x4c, 0x4e, 0x00, 0x00, 0x01};

    if (mac[0] % 2 != 0)
        return refuse("a multicast address cannot be the device's own",
                      "its first byte must be even");
    memcpy(interface.mac, memcmp(mac, none, sizeof none) == 0 ? local : mac, sizeof local);
    return true;
}

static bool refuse_attach(const char *tap, int error)
{
    switch (error) {
    case EPERM:
        return refuse_tap(tap, "it belongs to another user",
                          "make it for this one (ip tuntap add … user NAME), or run as root");
    case EBUSY:
        return refuse_tap(tap, "another program is attached to it",
                          "end that, or make another TAP");
    case EINVAL:
        return refuse_tap(tap, "it is no TAP device", "ip tuntap add dev NAME mode tap makes one");
    default:
        return refuse_tap(tap, strerror(error), "ip tuntap add dev NAME mode tap makes one");
    }
}

static bool attach(const char *tap)
{
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};

    if (*tap == '\0' || strlen(tap) >= sizeof request.ifr_name)
        return refuse_tap(tap, "a name has 1 to 15 characters", "give the name of a TAP device");
    memcpy(request.ifr_name, tap, strlen(tap));
    if (if_nametoindex(tap) == 0)
        return refuse_tap(tap, "there is no such interface",
                          "as root: ip tuntap add dev NAME mode tap user USER, then ip address "
                          "add … dev NAME and ip link set NAME up");
    device.descriptor = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device.descriptor < 0)
        return refuse_tap(tap, strerror(errno),
                          "/dev/net/tun must be there and open to this user (modprobe tun)");
    if (ioctl(device.descriptor, TUNSETIFF, &request) != 0)
        return refuse_attach(tap, errno);
    device.control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (device.control < 0)
        return refuse_tap(tap, strerror(errno), "its state cannot be asked for");
    return true;
}

static void detach(void)
{
    if (device.descriptor >= 0)
        close(device.descriptor);
    if (device.control >= 0)
        close(device.control);
    device.descriptor = device.control = -1;
}

struct netif *eth_tap_create(const struct eth_tap_config *config)
{
    static const struct netif_driver driver = {.name = "tap",
                                               .features = NETIF_GATHER,
                                               .start = start,
                                               .stop = stop,
                                               .transmit = transmit,
                                               .link = link_state};

    if (!set_mac(config->mac) || !attach(config->tap) ||
        !eth_capture_open(&device.capture, config->pcap_path, config->epoch_us)) {
        detach();
        return NULL;
    }
    interface.driver = &driver;
    interface.device = &device;
    interface.name = config->name;
    interface.mtu = MTU;
    device.tap = config->tap;
    device.has_faults = config->faults != NULL;
    if (device.has_faults)
        eth_faults_init(&device.faults, config->faults);
    device.poller = (struct sim_device){
        .name = config->name, .context = &interface, .fill = fill, .service = service};
    return &interface;
}
