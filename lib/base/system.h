// What the systems do differently, in one place: Linux' way, and the way that POSIX has for all.
//
//	asked                       Linux                      elsewhere
//	a folder beneath another    openat2                    folder by folder, through no link
//	two files change places     RENAME_EXCHANGE            under a lock by a link and two renames;
//	                                                       else renamed over, after a look
//	a name that is free         RENAME_NOREPLACE           link, then unlink
//	a file without a name       O_TMPFILE, linked by /proc not here
//	text as a file to read      memfd                      one in TMPDIR, unlinked
//	one mount                   its number, by statx       the device's number
//	the program that runs       /proc/self/exe             not known (macOS asks its loader)
//	to end with the parent      PR_SET_PDEATHSIG           looked for while a hook runs; else at
//	                                                       the next write to it
//	memory in large pages       MADV_HUGEPAGE              not here
//
// Which way is taken is decided when this is compiled, by what the system's headers name; with
// RMK_PORTABLE it is POSIX' way everywhere, which is how that way is tested. A kernel that is older
// than its headers gets POSIX' way at run time.
//
// Errors: errno, and -1 or false. "1" of a call means that the system or the file system cannot do
// it: the caller has another way.
#ifndef RMK_BASE_SYSTEM_H
#define RMK_BASE_SYSTEM_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#ifdef __APPLE__
#define st_atim st_atimespec
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#endif

// A folder that is only gone through needs no right to list it, where that can be said.
#if defined O_PATH && !defined RMK_PORTABLE
#define RMK_O_FOLDER (O_PATH | O_DIRECTORY | O_CLOEXEC)
#elif defined O_SEARCH
#define RMK_O_FOLDER (O_SEARCH | O_DIRECTORY | O_CLOEXEC)
#else
#define RMK_O_FOLDER (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#endif

// The clock of files' times, which may be behind the finer one.
#ifdef CLOCK_REALTIME_COARSE
#define RMK_CLOCK_FILES CLOCK_REALTIME_COARSE
#else
#define RMK_CLOCK_FILES CLOCK_REALTIME
#endif

// --- files ------------------------------------------------------------------------

// The folder at path beneath root, through no symbolic link. path may be changed; "" is root.
int rmk_system_open_beneath(int root, char *path);

// Two names change places at once. 1: not here.
int rmk_system_exchange(int afd, const char *a, int bfd, const char *b);

// The same where nobody else uses the name a: where it cannot be done at once b is always one of the
// two, and "a-old" is there for a moment. Who finds that one dead settles it first: a is then what it
// was before, or after. 1: not here, there are no links either.
int rmk_system_exchange_alone(int afd, const char *a, int bfd, const char *b);
void rmk_system_exchange_settle(int afd, const char *a);

// Rename within a folder; EEXIST where `to` is there. Not refused on a file system that has neither
// a way to say so nor links.
int rmk_system_rename_fresh(int folder, const char *from, const char *to);

// Whether two folders lie in one mount, so that a file can be renamed from one to the other.
bool rmk_system_same_mount(int a, int b);

// A file without a name in a folder, and its name afterwards, EEXIST where that is there. 1: not
// here.
int rmk_system_create_unnamed(const char *folder, int *fd);
int rmk_system_name_unnamed(int fd, const char *to);

// A file that nobody else sees, to be written and read.
int rmk_system_memory_file(void);

// --- processes --------------------------------------------------------------------

// Both are closed in programs that are started. What is sent, with MSG_NOSIGNAL, to an end of a
// stream whose other end is closed is EPIPE, and no signal.
int rmk_system_pipe(int ends[2]);
int rmk_system_stream_pair(int ends[2]);
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 // the stream itself sends none
#endif

// The file of this program, not ended by NUL; 0: not known.
size_t rmk_system_program(char *path, size_t n);

// Get a signal when the parent ends, where that can be had. False: it has ended already.
bool rmk_system_end_with(pid_t parent, int signal);
// Where the system does not send that signal itself: now, if the parent has ended.
void rmk_system_look_for_parent(void);

// Memory that was given back is for what comes next, and not for the system to be asked for again.
void rmk_system_keep_memory(void);

// n bytes at p, that nothing is in yet, are to be had in large pages where the system has them: most
// of what new memory costs is that each page is asked for.
void rmk_system_large_pages(void *p, size_t n);

#endif
