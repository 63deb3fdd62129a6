/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <stdio.h>

void row_print(double a, double b, double c)
{
    printf("result %.1f %.1f %.1f\n", a, b, c);
}

int main(int argc, char **argv)
{
    const char *words[ROW_WORDS] = {"", "0", "0", "0"};

    for (int i = 0; i < ROW_WORDS && i + 1 < argc; i++)
        words[i] = argv[i + 1];
    if (row_run(words))
        return 0;
    fprintf(stderr, "there is no row '%s', or it did not come to its end\n", words[0]);
    return 1;
}
