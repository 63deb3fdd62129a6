/* SPDX-License-Identifier: MIT */
/*
 * Entry point of a fuzzer where libFuzzer is not linked: replays every file of the folders given,
 * then every input of up to two bytes.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 1;
    if (fseek(file, 0, SEEK_END) != 0) {
        fclose(file);
        return 1;
    }
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(size + 1);
    size_t have = data ? fread(data, 1, size, file) : 0;
    fclose(file);
    if (data && have == size)
        LLVMFuzzerTestOneInput(data, size);
    free(data);
    return have == size ? 0 : 1;
}

static int replay_folder(const char *folder, unsigned *count)
{
    DIR *directory = opendir(folder);
    int bad = 0;
    char path[4096];

    if (directory == NULL) {
        perror(folder);
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        bad |= replay_file(path);
        ++*count;
    }
    closedir(directory);
    return bad;
}

int main(int argc, char **argv)
{
    unsigned files = 0;
    int bad = 0;

    for (int i = 1; i < argc; i++)
        bad |= replay_folder(argv[i], &files);
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (unsigned value = 0; value < 256; value++) {
        uint8_t one = (uint8_t)value;
        LLVMFuzzerTestOneInput(&one, 1);
    }
    for (unsigned value = 0; value < 65536; value++) {
        uint8_t two[2] = {(uint8_t)(value / 256), (uint8_t)(value % 256)};
        LLVMFuzzerTestOneInput(two, 2);
    }
    printf("replayed %u kept inputs and 65793 short ones\n", files);
    return bad;
}
