/* SPDX-License-Identifier: MIT */
/* The bare board: words from semihosting, a heap, and the vectors that nothing here uses. */
#include "host.h"
#include "rows.h"

#include <stddef.h>
#include <string.h>

enum { HEAP_SIZE = 512 * 1024, WORD_SIZE = 24 };

void SVC_Handler(void);
void PendSV_Handler(void);
void SysTick_Handler(void);
void *_sbrk(ptrdiff_t step);

void SVC_Handler(void)
{
}

void PendSV_Handler(void)
{
}

void SysTick_Handler(void)
{
}

void *_sbrk(ptrdiff_t step)
{
    static uint8_t heap[HEAP_SIZE];
    static size_t used;

    if (step < 0 || (size_t)step > HEAP_SIZE - used)
        return (void *)-1;
    used += (size_t)step;
    return heap + used - (size_t)step;
}

void row_print(double a, double b, double c)
{
    host_print("result ");
    host_print_tenths((uint64_t)(a * 10 + 0.5));
    host_print_tenths((uint64_t)(b * 10 + 0.5));
    host_print_tenths((uint64_t)(c * 10 + 0.5));
    host_print("\n");
}

int main(void)
{
    static char texts[ROW_WORDS][WORD_SIZE];
    const char *words[ROW_WORDS] = {"", "0", "0", "0"};
    const char *at = host_argument(0, NULL);

    for (unsigned i = 0; i < ROW_WORDS && *at != '\0'; i++) {
        size_t size = strcspn(at, " ");
        if (size >= WORD_SIZE)
            break;
        memcpy(texts[i], at, size);
        words[i] = texts[i];
        at += size + (at[size] == ' ');
    }
    if (row_run(words))
        return 0;
    host_print("there is no such row, or it did not come to its end\n");
    return 1;
}
