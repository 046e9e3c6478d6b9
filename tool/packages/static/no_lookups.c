// What a program without shared libraries cannot do, answered with "there is none".
//
//   libgit2, libedit, SQLite ──▶ getpwuid, getaddrinfo, dlopen ──▶ here: there is none
//
// glibc asks the system's name services through libraries of the very version it was built
// with, and crashes where it finds others. rowmark needs none of them: the person's home
// folder is $HOME, git knows who commits and recodes what it shows, and git alone uses the
// network.
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

// glibc's own code calls it by another name; what is linked to it calls this (--wrap=dlopen).
void *__wrap_dlopen(const char *file, int how);

struct passwd *
getpwuid(uid_t user)
{
	(void)user;
	errno = ENOENT;
	return NULL;
}

int
getpwuid_r(
    uid_t user, struct passwd *entry, char *text, size_t size, struct passwd **found)
{
	(void)user, (void)entry, (void)text, (void)size;
	*found = NULL;
	return 0;
}

struct passwd *
getpwnam(const char *name)
{
	(void)name;
	errno = ENOENT;
	return NULL;
}

int
getpwnam_r(const char *name, struct passwd *entry, char *text, size_t size,
    struct passwd **found)
{
	(void)name, (void)entry, (void)text, (void)size;
	*found = NULL;
	return 0;
}

void
setpwent(void)
{
}

struct passwd *
getpwent(void)
{
	return NULL;
}

void
endpwent(void)
{
}

int
getaddrinfo(const char *host, const char *service, const struct addrinfo *wanted,
    struct addrinfo **found)
{
	(void)host, (void)service, (void)wanted, (void)found;
	return EAI_FAIL;
}

void
freeaddrinfo(struct addrinfo *found)
{
	(void)found;
}

void *
__wrap_dlopen(const char *file, int how)
{
	(void)file, (void)how;
	return NULL;
}

void *
dlsym(void *library, const char *name)
{
	(void)library, (void)name;
	return NULL;
}

int
dlclose(void *library)
{
	(void)library;
	return 0;
}

char *
dlerror(void)
{
	static char none[] = "this program loads no shared library";
	return none;
}
