// What a program that never uses a network need not have.
//
// libgit2 carries transports: TLS, SSH, HTTP, Kerberos. Starting it starts them - on
// Debian it reads and parses every certificate of the system, by far the longest part of
// a short command - and linking it links sixteen libraries more, which the dynamic linker
// takes longer to join than rowmark takes to work. rowmark opens no connection, and has
// no call that could. So the functions of those libraries that libgit2 names are ours:
// what is called at the start and at the end does nothing, what only a connection would
// call says that there is none.
//
// Linked with libgit2.a they stand in for those libraries; with libgit2.so the dynamic
// linker takes them before theirs. Where libgit2 is built on other libraries they are
// never called. With no certificate to trust, no server could be trusted: the safe side.
//
// A leak checker would miss the memory that the real ones take over and free at the end,
// so under one they are left as they are; and where programs are no ELF files (macOS), names are
// found another way.
#if defined __ELF__ && !defined __SANITIZE_ADDRESS__
#include <malloc.h>
#include <string.h>

#define SHOWN __attribute__((visibility("default")))

// Whatever they are declared as there, on every calling convention of C in use arguments
// that are not looked at do no harm.
#define QUIET(name)                                                                      \
	SHOWN int name(void);                                                            \
	int name(void)                                                                   \
	{                                                                                \
		return 0;                                                                \
	}
#define NONE(name)                                                                       \
	SHOWN int name(void);                                                            \
	int name(void)                                                                   \
	{                                                                                \
		return -1;                                                               \
	}

// clang-format off
// Called when libgit2 starts and ends.
QUIET(libssh2_exit)
QUIET(libssh2_init)
QUIET(mbedtls_ctr_drbg_free)
QUIET(mbedtls_ctr_drbg_init)
QUIET(mbedtls_ctr_drbg_seed)
QUIET(mbedtls_entropy_free)
QUIET(mbedtls_entropy_init)
QUIET(mbedtls_ssl_conf_authmode)
QUIET(mbedtls_ssl_conf_ca_chain)
QUIET(mbedtls_ssl_conf_ciphersuites)
QUIET(mbedtls_ssl_conf_min_version)
QUIET(mbedtls_ssl_conf_rng)
QUIET(mbedtls_ssl_config_defaults)
QUIET(mbedtls_ssl_config_free)
QUIET(mbedtls_x509_crt_free)
QUIET(mbedtls_x509_crt_init)

// libgit2 asks of the settings, which it has allocated, whether they hold certificates.
SHOWN void mbedtls_ssl_config_init(void *config);
void
mbedtls_ssl_config_init(void *config)
{
	memset(config, 0, malloc_usable_size(config));
}

// No certificate is loaded, and this is the word for it.
SHOWN void mbedtls_strerror(int code, char *words, size_t n);
void
mbedtls_strerror(int code, char *words, size_t n)
{
	(void)code;
	if (n)
		*words = '\0';
}

// Called by a connection, or to load what only a connection needs.
NONE(gss_delete_sec_context)
NONE(gss_display_status)
NONE(gss_import_name)
NONE(gss_indicate_mechs)
NONE(gss_init_sec_context)
NONE(gss_release_buffer)
NONE(gss_release_name)
NONE(gss_release_oid_set)
NONE(http_errno_description)
NONE(http_parser_execute)
NONE(http_parser_init)
NONE(http_parser_parse_url)
NONE(http_parser_pause)
NONE(http_should_keep_alive)
NONE(libssh2_agent_connect)
NONE(libssh2_agent_disconnect)
NONE(libssh2_agent_free)
NONE(libssh2_agent_get_identity)
NONE(libssh2_agent_init)
NONE(libssh2_agent_list_identities)
NONE(libssh2_agent_userauth)
NONE(libssh2_channel_close)
NONE(libssh2_channel_free)
NONE(libssh2_channel_open_ex)
NONE(libssh2_channel_process_startup)
NONE(libssh2_channel_read_ex)
NONE(libssh2_channel_set_blocking)
NONE(libssh2_channel_write_ex)
NONE(libssh2_hostkey_hash)
NONE(libssh2_knownhost_checkp)
NONE(libssh2_knownhost_free)
NONE(libssh2_knownhost_init)
NONE(libssh2_knownhost_readfile)
NONE(libssh2_session_abstract)
NONE(libssh2_session_disconnect_ex)
NONE(libssh2_session_free)
NONE(libssh2_session_handshake)
NONE(libssh2_session_hostkey)
NONE(libssh2_session_init_ex)
NONE(libssh2_session_last_error)
NONE(libssh2_session_method_pref)
NONE(libssh2_session_set_blocking)
NONE(libssh2_userauth_authenticated)
NONE(libssh2_userauth_keyboard_interactive_ex)
NONE(libssh2_userauth_list)
NONE(libssh2_userauth_password_ex)
NONE(libssh2_userauth_publickey)
NONE(libssh2_userauth_publickey_fromfile_ex)
NONE(libssh2_userauth_publickey_frommemory)
NONE(mbedtls_ctr_drbg_random)
NONE(mbedtls_entropy_func)
NONE(mbedtls_sha256_finish)
NONE(mbedtls_sha256_free)
NONE(mbedtls_sha256_init)
NONE(mbedtls_sha256_starts)
NONE(mbedtls_sha256_update)
NONE(mbedtls_ssl_close_notify)
NONE(mbedtls_ssl_free)
NONE(mbedtls_ssl_get_ciphersuite_id)
NONE(mbedtls_ssl_get_peer_cert)
NONE(mbedtls_ssl_get_verify_result)
NONE(mbedtls_ssl_handshake)
NONE(mbedtls_ssl_init)
NONE(mbedtls_ssl_read)
NONE(mbedtls_ssl_set_bio)
NONE(mbedtls_ssl_set_hostname)
NONE(mbedtls_ssl_setup)
NONE(mbedtls_ssl_write)
NONE(mbedtls_x509_crt_parse_file)
NONE(mbedtls_x509_crt_parse_path)
NONE(mbedtls_x509_crt_verify_info)

SHOWN extern const void *const GSS_C_NT_HOSTBASED_SERVICE;
const void *const GSS_C_NT_HOSTBASED_SERVICE = 0;
// clang-format on

#endif
