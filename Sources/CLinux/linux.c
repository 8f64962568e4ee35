#define _GNU_SOURCE
#include "CLinux.h"

#include <pthread.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <linux/openat2.h>

int brine_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

void brine_error_text(int number, char *buffer, unsigned long size) {
  const char *text = strerror_r(number, buffer, size);
  if (text != buffer) {
    strncpy(buffer, text, size - 1);
    buffer[size - 1] = 0;
  }
}

int brine_rename_new(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
}

int brine_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int brine_memory_file(void) { return memfd_create("brine-input", MFD_CLOEXEC); }

void brine_release_idle_memory(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps) {
    char line[8192];
    while (fgets(line, sizeof line, maps)) {
      unsigned long start, end, inode;
      char mode[5];
      // Code of files only: it is never written, so dropping it loses nothing.
      if (sscanf(line, "%lx-%lx %4s %*s %*s %lu", &start, &end, mode, &inode) == 4 && inode != 0 &&
          strcmp(mode, "r-xp") == 0)
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    fclose(maps);
  }
  malloc_trim(0);
}

void brine_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int brine_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno; }

void brine_forbid_core_dumps(void) {
  if (geteuid() == 0) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int brine_lock_file(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno; }

const int brine_handle_only = O_PATH;

// One part of the path after the other, none of which may be a link: for kernels before 5.6, and where a filter of system
// calls does not know openat2.
static int walk_beneath(int directory, const char *path, int flags) {
  char part[256];
  int current = dup(directory);
  if (current < 0) return -errno;
  fcntl(current, F_SETFD, FD_CLOEXEC);
  while (*path) {
    const char *end = strchrnul(path, '/');
    size_t length = (size_t)(end - path);
    int is_last = *end == 0;
    int failure = 0;
    if (length == 0 || length >= sizeof part)
      failure = ENAMETOOLONG;
    else if (length == 2 && path[0] == '.' && path[1] == '.')
      failure = EXDEV;
    if (failure) {
      close(current);
      return -failure;
    }
    memcpy(part, path, length);
    part[length] = 0;
    int next = openat(current, part, is_last ? (flags | O_NOFOLLOW) : (O_PATH | O_NOFOLLOW | O_CLOEXEC));
    failure = errno;
    close(current);
    if (next < 0) return -failure;
    struct stat status;
    if (fstat(next, &status) != 0 || S_ISLNK(status.st_mode)) {
      close(next);
      return -ELOOP;
    }
    current = next;
    path = is_last ? end : end + 1;
  }
  return current;
}

int brine_open_beneath(int directory, const char *path, int flags, int follow) {
  struct open_how how = {0};
  how.flags = (unsigned long long)flags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | (follow ? 0 : RESOLVE_NO_SYMLINKS);
  for (int attempt = 0; attempt < 16; attempt++) {
    long descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);
    if (descriptor >= 0) return (int)descriptor;
    if (errno == ENOSYS || errno == EPERM) return walk_beneath(directory, path, flags);
    // The kernel could not tell since something was renamed meanwhile.
    if (errno != EAGAIN) return -errno;
  }
  return -EAGAIN;
}
