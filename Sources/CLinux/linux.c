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

int brine_lock_file(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno; }
