// What a program that never speaks to a network need not start.
//
// Starting libgit2 also starts its transports: on Debian it reads and parses every
// certificate of the system, by far the longest part of a short command, and starts
// libssh2 with all of OpenSSL. rowmark opens no connection, and has no call that could.
// So these two functions, which do only that, are ours: the dynamic linker takes a
// program's own before a library's. Where libgit2 is built without them they are simply
// never called.
//
// With no certificate to trust, no server could be trusted either: the safe side.
#define SHOWN __attribute__((visibility("default")))

SHOWN int mbedtls_x509_crt_parse_file(void *chain, const char *path);
SHOWN int libssh2_init(int flags);

int
mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

int
libssh2_init(int flags)
{
	(void)flags;
	return 0;
}
