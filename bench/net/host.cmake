# SPDX-License-Identifier: MIT
# Programs of the host: windows of four segments under callgrind, windows of 64 KB for the throughput.
set(machine_sources machine/main_host.c machine/measure_host.c)

function(bench_finish name)
endfunction()

foreach(stack linnet lwip)
    bench_program(speed-${stack} ${stack} -O2 BENCH_WINDOW=5840 BENCH_FRAMES=32 BENCH_IPV6=0
                  BENCH_LIBC_MEMORY=0)
    bench_program(wide-${stack} ${stack} -O2 BENCH_WINDOW=65535 BENCH_FRAMES=128 BENCH_IPV6=0
                  BENCH_LIBC_MEMORY=0)
endforeach()
