/* SPDX-License-Identifier: MIT */
#include "project.h"

#include "files.h"
#include "terminal.h"
#include "text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_app_folder(const char *root, const char *name)
{
    char *path = text_format("%s/apps/%s/main.c", root, name);
    bool found = *name && !strchr(name, '/') && name[0] != '.' && file_exists(path);

    free(path);
    return found;
}

/* The names of the applications of this checkout, and the nearest to a mistyped one. */
static char *app_names(const char *root, const char *typed, char **nearest)
{
    char *path = text_format("%s/apps", root);
    DIR *folder = opendir(path);
    struct dirent *entry;
    char *names = text_copy("");

    while (folder && (entry = readdir(folder))) {
        if (!is_app_folder(root, entry->d_name))
            continue;
        names = text_append(names, " ", 1);
        names = text_append(names, entry->d_name, strlen(entry->d_name));
        if (!*nearest && text_distance(typed, entry->d_name) < 3)
            *nearest = text_copy(entry->d_name);
    }
    if (folder)
        closedir(folder);
    free(path);
    return names;
}

static void complain_unknown(const char *name)
{
    char *nearest = NULL;
    char *names = app_names(linnet_root(), name, &nearest);
    char *what = text_format("there is no application `%s`", name);
    char *why = text_format("it is neither one of:%s  nor a folder made by `linnet new`",
                            *names ? names : " (none)");
    char *mend = nearest ? text_format("did you mean:  %s", nearest)
                         : text_format("make one:  linnet new %s", name);

    complain(what, why, mend);
    free(nearest);
    free(names);
    free(what);
    free(why);
    free(mend);
}

/* What the project's CMakeLists.txt calls its application; the folder may have been renamed. */
static char *application_name(const char *folder)
{
    char *path = text_format("%s/CMakeLists.txt", folder);
    char *text = read_whole_file(path);
    const char *at = text ? strstr(text, "linnet_app(") : NULL;
    const char *slash = strrchr(folder, '/');
    char name[64] = "";

    if (!at || sscanf(at, "linnet_app( %63[A-Za-z0-9_.+-]", name) != 1)
        snprintf(name, sizeof name, "%s", slash ? slash + 1 : folder);
    free(path);
    free(text);
    return text_copy(name);
}

/* The project names the checkout that it was made with; that may have been moved since. */
static bool check_path(const char *folder)
{
    char *path = text_format("%s/linnet.path", folder);
    char *root = read_whole_file(path);

    if (root)
        root[strcspn(root, "\n")] = '\0';
    char *marker = text_format("%s/CMakePresets.json", root ? root : "");
    bool good = root && *root && file_exists(marker);

    if (!good) {
        char *what = text_format("there is no Linnet in `%s`", root ? root : "");
        char *why = text_format("%s says that it lies there", path);
        char *new_path = text_shell_quote(path);
        char *new_root = text_shell_quote(linnet_root());
        char *mend = text_format("echo %s >%s", new_root, new_path);

        complain(what, why, mend);
        free(what);
        free(why);
        free(new_path);
        free(new_root);
        free(mend);
    }
    free(path);
    free(root);
    free(marker);
    return good;
}

static void take_project(struct project *project)
{
    project->name = application_name(project->folder);
    project->build.source = project->folder;
    project->build.project = true;
    project->build.target = project->name;
}

bool project_find(const char *name, const char *preset, bool must_name, struct project *project)
{
    *project = (struct project){.build = {.source = linnet_root(), .preset = preset}};
    if (!name || !is_app_folder(linnet_root(), name))
        project->folder = build_find_project(name ? name : ".");
    if (project->folder) {
        take_project(project);
        return check_path(project->folder);
    }
    if (name && is_app_folder(linnet_root(), name)) {
        project->name = text_copy(name);
        project->build.target = project->name;
        return true;
    }
    if (name)
        complain_unknown(name);
    else if (must_name)
        complain("which application?", "the current folder was not made by `linnet new`",
                 "name one of apps/ or a folder:  linnet run APP");
    return !name && !must_name;
}

char *project_program(const struct project *project)
{
    char *folder = build_folder(&project->build);
    char *path = text_format("%s/bin/%s", folder, project->name);

    free(folder);
    return path;
}

void project_free(struct project *project)
{
    free(project->name);
    free(project->folder);
    *project = (struct project){0};
}
