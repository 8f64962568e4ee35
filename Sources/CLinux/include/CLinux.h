#ifndef BRINE_CLINUX_H
#define BRINE_CLINUX_H

// Linux calls that Swift's Glibc module does not show.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

/// A pipe whose ends no child inherits by accident; 0, or an error number.
int brine_pipe(int ends[2]);

/// The sentence of the system for an error number, in a buffer of the caller's.
void brine_error_text(int number, char *buffer, unsigned long size);

/// Renames without replacing what is there (renameat2 with RENAME_NOREPLACE); 0, or an error number.
int brine_rename_new(const char *from, const char *to);

/// A non-blocking counter to wake a thread that polls; -1 when no descriptor is left.
int brine_eventfd(void);

/// An empty file without a name that lives in memory and is closed on exec; -1 when there is no room.
int brine_memory_file(void);

/// Gives the kernel back the pages of program code that were touched at the start and the heap's free ends. The code is read
/// again from the page cache when it is needed.
void brine_release_idle_memory(void);

/// Names the calling thread, for ps and perf; 15 characters count.
void brine_name_thread(const char *name);

/// Orphans of this process's descendants become its children, so that they can be found; 0, or an error number.
int brine_become_subreaper(void);

/// When this process dies of a fault, its memory, with what is secret in it, is not written to a file. What it starts is
/// not bound by that. For root only: others could not read their own /proc any more.
void brine_forbid_core_dumps(void);

/// Takes the whole-file lock without waiting (flock(2)): it goes with the process. 0, or an error number.
int brine_lock_file(int descriptor);

/// O_PATH: a handle on what a path leads to, without opening it.
extern const int brine_handle_only;

/// Opens a relative path that does not lead out of a directory, whatever links, `..` and renames there are (openat2 with
/// RESOLVE_BENEATH). With `follow` 0 no part of it may be a symbolic link.
/// Returns a descriptor, or an error number below zero: -EXDEV or -ELOOP when it leads out.
int brine_open_beneath(int directory, const char *path, int flags, int follow);

#endif
