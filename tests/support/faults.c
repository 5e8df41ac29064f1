/* Drives that fail, for LD_PRELOAD: the calls of a process on files below $FAULTS_DRIVES/drive-N do what byte N of the file
 * $FAULTS says, which may change at any time:
 *   .  nothing is wrong             e  every call fails with EIO
 *   r  reads fail with EIO          w  writes and syncs fail with EIO
 *   s  reads and writes are slow    h  reads and writes hang until it is something else
 *   f  no room for a byte           l  of each read, one bit is wrong
 *   d  writes are said to be done and are not
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DRIVES 32
#define FILES (1 << 16)

static const volatile char *modes;
static char below[4096];
static size_t length;
static signed char owner[FILES]; /* 1 + the drive whose file it is; 0: none */

#define REAL(result, name, ...)                                                    \
    static result (*real)(__VA_ARGS__);                                            \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void __attribute__((constructor)) begin(void) {
    const char *file = getenv("FAULTS"), *drives = getenv("FAULTS_DRIVES");
    if (!file || !drives || strlen(drives) > sizeof below - 16) return;
    int opened = open(file, O_RDONLY | O_CLOEXEC);
    if (opened < 0) return;
    void *mapped = mmap(NULL, DRIVES, PROT_READ, MAP_SHARED, opened, 0);
    close(opened);
    if (mapped == MAP_FAILED) return;
    strcat(strcpy(below, drives), "/drive-");
    length = strlen(below);
    modes = mapped;
}

static int drive_of(const char *path) {
    if (!modes || !path || strncmp(path, below, length)) return -1;
    int drive = atoi(path + length);
    return drive < DRIVES ? drive : -1;
}

static int drive_at(int file) { return modes && file >= 0 && file < FILES ? owner[file] - 1 : -1; }

static char mode(int drive) { return drive < 0 ? '.' : modes[drive]; }

static void wait_ms(long ms) {
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Waits where the drive does; whether the call fails, as it reads, writes, or takes room. */
static int fails(int drive, int reads, int writes, int grows) {
    while (mode(drive) == 'h') wait_ms(20);
    if (mode(drive) == 's') wait_ms(60);
    char now = mode(drive);
    if (now == 'e' || (now == 'r' && reads) || (now == 'w' && writes)) return errno = EIO;
    if (now == 'f' && grows) return errno = ENOSPC;
    return 0;
}

static int opened(int drive, int file) {
    if (file >= 0 && file < FILES) owner[file] = drive + 1;
    return file;
}

static int open_with(const char *name, const char *path, int flags, va_list more) {
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
    mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    int drive = drive_of(path);
    if (fails(drive, !(flags & O_CREAT), flags & O_CREAT, flags & O_CREAT)) return -1;
    return opened(drive, real(path, flags, permissions));
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int file = open_with("open", path, flags, more);
    va_end(more);
    return file;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int file = open_with("open64", path, flags, more);
    va_end(more);
    return file;
}

ssize_t pread64(int file, void *into, size_t bytes, off64_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    int drive = drive_at(file);
    if (fails(drive, 1, 0, 0)) return -1;
    ssize_t read = real(file, into, bytes, at);
    if (read > 0 && mode(drive) == 'l') ((char *)into)[(at * 31 + read * 7) % read] ^= 1 << (at + read) % 8;
    return read;
}

ssize_t pwrite64(int file, const void *from, size_t bytes, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    int drive = drive_at(file);
    if (fails(drive, 0, 1, 1)) return -1;
    return mode(drive) == 'd' ? (ssize_t)bytes : real(file, from, bytes, at);
}

int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    return fails(drive_at(file), 0, 1, 0) ? -1 : real(file);
}

int fsync(int file) {
    REAL(int, "fsync", int);
    return fails(drive_at(file), 0, 1, 0) ? -1 : real(file);
}

int ftruncate64(int file, off64_t to) {
    REAL(int, "ftruncate64", int, off64_t);
    return fails(drive_at(file), 0, 1, 0) ? -1 : real(file, to);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return fails(drive_of(from), 0, 1, 0) ? -1 : real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    return fails(drive_of(path), 0, 1, 0) ? -1 : real(path);
}

int mkdir(const char *path, mode_t permissions) {
    REAL(int, "mkdir", const char *, mode_t);
    return fails(drive_of(path), 0, 1, 1) ? -1 : real(path, permissions);
}

DIR *opendir(const char *path) {
    REAL(DIR *, "opendir", const char *);
    return fails(drive_of(path), 1, 0, 0) ? NULL : real(path);
}

int statx(int at, const char *restrict path, int flags, unsigned mask, struct statx *restrict into) {
    REAL(int, "statx", int, const char *restrict, int, unsigned, struct statx *restrict);
    return fails(*path ? drive_of(path) : drive_at(at), 1, 0, 0) ? -1 : real(at, path, flags, mask, into);
}
