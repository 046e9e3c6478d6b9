// The checksum of git's own files: see checksum.h.
#include "git/checksum.h"

#include <sha1.h>
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
