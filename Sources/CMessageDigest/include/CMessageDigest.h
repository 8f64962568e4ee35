#ifndef BRINE_CMESSAGEDIGEST_H
#define BRINE_CMESSAGEDIGEST_H

#include <sys/types.h>
#include <stdint.h>
#include <md5.h>
#include <sha1.h>
#include <sha2.h>

/// `SHA256Update` of libmd, with the processor's own instructions for whole blocks where it has them: files are hashed
/// several times faster than the transport can carry them, rather than slower.
void brine_sha256_update(SHA2_CTX *context, const uint8_t *bytes, size_t count);

#endif
