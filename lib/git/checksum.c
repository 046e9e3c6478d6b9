// The checksum of git's own files: see checksum.h.
#include "git/checksum.h"

#include <sha1.h>
#include <sha2.h>
#include <string.h>

void
rmk_format_sum(struct rmk_str bytes, uint8_t out[RMK_SUM])
{
	SHA1_CTX sha1;

	SHA1Init(&sha1);
	SHA1Update(&sha1, (const uint8_t *)bytes.s, bytes.n);
	SHA1Final(out, &sha1);
}

bool
rmk_format_sealed(struct rmk_str bytes)
{
	uint8_t sum[RMK_SUM];

	if (bytes.n < sizeof sum)
		return false;
	rmk_format_sum(rmk_str_part(bytes, 0, bytes.n - sizeof sum), sum);
	return memcmp(bytes.s + bytes.n - sizeof sum, sum, sizeof sum) == 0;
}

bool
rmk_format_index_sealed(struct rmk_str bytes, size_t size)
{
	static const uint8_t none[SHA256_DIGEST_LENGTH]; // index.skipHash
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX sha256;

	if (bytes.n < size)
		return false;
	if (memcmp(bytes.s + bytes.n - size, none, size) == 0)
		return true;
	if (size != sizeof sum)
		return rmk_format_sealed(bytes);
	SHA256Init(&sha256);
	SHA256Update(&sha256, (const uint8_t *)bytes.s, bytes.n - size);
	SHA256Final(sum, &sha256);
	return memcmp(bytes.s + bytes.n - size, sum, size) == 0;
}
