# SPDX-License-Identifier: MIT
# Images for mps2-an385: instructions per segment and memory in use run in the emulator; the
# applications of the whole set are linked for their size alone, once as they are used and once with
# every object that they need whole.
set(kernel_bench "${root}/bench/kernel")
set(port "${root}/ports/cortex_m")
set(target_flags -mcpu=cortex-m3 -mthumb)
add_compile_options(${target_flags})
add_link_options(${target_flags} -nostartfiles --specs=nano.specs --specs=nosys.specs
                 -Wl,--no-warn-rwx-segments "-T${kernel_bench}/image/bare/an385.ld")
set(kernel_includes "${kernel_bench}" "${root}/kernel/include" "${port}/include"
                    "${root}/ports/common/include")

# What the bare machine needs: vectors and semihosting.
add_library(machine OBJECT "${kernel_bench}/image/bare/host.c" "${kernel_bench}/image/print.c")
target_include_directories(machine PUBLIC "${kernel_bench}/image" "${kernel_bench}/image/bare" PRIVATE ${kernel_includes})
target_compile_definitions(machine PRIVATE BENCH_ASSERTS=0)
set(machine_sources machine/board.c machine/measure_board.c $<TARGET_OBJECTS:machine>)

function(bench_finish name)
    target_include_directories(${name} PRIVATE "${kernel_bench}/image" "${kernel_bench}/image/bare")
    set_target_properties(${name} PROPERTIES SUFFIX .elf)
    target_link_options(${name} PRIVATE "-Wl,-Map=${CMAKE_CURRENT_BINARY_DIR}/${name}.map")
endfunction()

foreach(stack linnet lwip)
    bench_program(segment-${stack} ${stack} -O2 BENCH_WINDOW=5840 BENCH_FRAMES=32 BENCH_IPV6=0
                  BENCH_LIBC_MEMORY=0)
    bench_program(memory-${stack} ${stack} -Os BENCH_WINDOW=5840 BENCH_FRAMES=8 BENCH_IPV6=0
                  BENCH_LIBC_MEMORY=1)
endforeach()

# --- sizes -------------------------------------------------------------------------------------

file(GLOB kernel_sources "${root}/kernel/src/*.c" "${root}/kernel/heap/heap_tlsf.c")
file(GLOB port_sources "${port}/src/*.[cS]")
add_library(kernel STATIC ${kernel_sources} ${port_sources})
target_compile_options(kernel PRIVATE -Os)
target_include_directories(kernel PUBLIC ${kernel_includes} PRIVATE "${root}/kernel/src" "${port}/src")
target_compile_definitions(kernel PUBLIC BENCH_ASSERTS=0)

function(bench_application name source archive)
    foreach(way used whole)
        add_executable(${name}-${way} application/${source}.c application/no_heap.c
                       $<TARGET_OBJECTS:machine>)
        target_compile_options(${name}-${way} PRIVATE ${own_warnings} -Os)
        target_link_libraries(${name}-${way} PRIVATE ${archive})
        bench_finish(${name}-${way})
    endforeach()
    target_link_options(${name}-whole PRIVATE -Wl,--no-gc-sections)
endfunction()

# size-NAME: the whole set, with these options besides.
function(bench_size name)
    add_library(net-${name} STATIC ${core_sources} ${net_sources})
    target_compile_options(net-${name} PRIVATE -Os)
    target_compile_definitions(net-${name} PUBLIC BENCH_WINDOW=5840 BENCH_FRAMES=8 ${ARGN})
    target_link_libraries(net-${name} PUBLIC kernel)
    bench_application(size-${name} linnet net-${name})
endfunction()

bench_size(ipv4)
bench_size(scaling ipconfigUSE_TCP_WINDOW_SCALING=1)
bench_size(timestamps ipconfigUSE_TCP_TIMESTAMPS=1)
bench_size(sack ipconfigUSE_TCP_SACK=1)
bench_size(ipv6 ipconfigUSE_IPv6=1)

add_library(lwip-size STATIC ${lwip_sources})
target_include_directories(lwip-size SYSTEM PUBLIC "${LWIP}/src/include")
target_compile_options(lwip-size PRIVATE -w -Os)
target_compile_definitions(lwip-size PUBLIC BENCH_WINDOW=5840 BENCH_IPV6=0 BENCH_LIBC_MEMORY=0)
bench_application(size-lwip lwip lwip-size)
target_link_libraries(size-lwip-used PRIVATE kernel)
target_link_libraries(size-lwip-whole PRIVATE kernel)
