// Loaded before all others: the names below `.test` mean what a file says, and it is written down who was asked for.
//
// $NAMES has a line for each lookup that is to come: addresses with blanks between them. The last line stays.
// Each name that is looked up is appended to $NAMES.asked.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static void next_line(char *line, size_t size) {
    char text[4096] = {0};
    FILE *file = fopen(getenv("NAMES"), "r");
    if (!file) abort();
    size_t read = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    char *end = memchr(text, '\n', read);
    snprintf(line, size, "%.*s", (int)(end ? end - text : (long)read), text);
    if (end && end[1]) {
        file = fopen(getenv("NAMES"), "w");
        if (!file) abort();
        fputs(end + 1, file);
        fclose(file);
    }
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    lookup *real = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
    size_t length = name ? strlen(name) : 0;
    if (length < 5 || strcmp(name + length - 5, ".test") != 0) return real(name, service, hints, found);
    char line[1024], path[4096];
    pthread_mutex_lock(&one);
    next_line(line, sizeof line);
    snprintf(path, sizeof path, "%s.asked", getenv("NAMES"));
    FILE *asked = fopen(path, "a");
    if (!asked) abort();
    fprintf(asked, "%s\n", name);
    fclose(asked);
    pthread_mutex_unlock(&one);
    struct addrinfo *first = NULL, **last = &first;
    for (char *rest = line, *address; (address = strsep(&rest, " "));) {
        if (!*address) continue;
        int failed = real(address, service, hints, last);
        if (failed) {
            if (first) freeaddrinfo(first);
            return failed;
        }
        while (*last) last = &(*last)->ai_next;
    }
    if (!first) return EAI_NONAME;
    *found = first;
    return 0;
}
