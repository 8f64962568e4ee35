#ifndef BRINE_COPENSSL_H
#define BRINE_COPENSSL_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

// The host's own OpenSSL, found when it is first asked for: a program that never looks at a certificate does not map
// it, and the host's updates of it are what counts. The prototypes are those of OpenSSL 3; they hold for 1.1.1 too.

/// Finds and initializes the library. Returns NULL, or a text that says why it cannot be used; it may be called again.
const char *brine_openssl_load(void);

typedef struct asn1_object_st ASN1_OBJECT;
typedef struct asn1_string_st ASN1_STRING;
typedef struct bio_st BIO;
typedef struct bio_method_st BIO_METHOD;
typedef struct evp_cipher_st EVP_CIPHER;
typedef struct evp_md_st EVP_MD;
typedef struct evp_pkey_st EVP_PKEY;
typedef struct evp_pkey_ctx_st EVP_PKEY_CTX;
typedef struct GENERAL_NAME_st GENERAL_NAME;
typedef struct stack_st OPENSSL_STACK;
typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_method_st SSL_METHOD;
typedef struct X509_crl_st X509_CRL;
typedef struct X509_extension_st X509_EXTENSION;
typedef struct X509_name_entry_st X509_NAME_ENTRY;
typedef struct X509_name_st X509_NAME;
typedef struct X509_req_st X509_REQ;
typedef struct x509_revoked_st X509_REVOKED;
typedef struct x509_st X509;

/// Answers with the length of the passphrase that was put into the buffer.
typedef int (*brine_passphrase)(char *buffer, int size, int writing, void *passphrase);

/// Each function of the library stands here as `ossl_NAME`; calling one before `brine_openssl_load` succeeded ends
/// the program.
#define BRINE_OPENSSL(result, name, symbols, parameters, arguments) result ossl_##name parameters;
#include "openssl_functions.h"
#undef BRINE_OPENSSL

/// Takes the NUL-terminated text behind `passphrase`; no text, no passphrase. OpenSSL asks on the terminal otherwise.
int brine_take_passphrase(char *buffer, int size, int writing, void *passphrase);

/// An extension by OpenSSL's name and value syntax (no section, no file), or NULL. Whatever is not known yet is NULL.
X509_EXTENSION *brine_make_extension(X509 *issuer, X509 *subject, X509_REQ *request, X509_CRL *list, const char *name,
                                     const char *value);

/// Lets go of what OpenSSL allocated.
void brine_openssl_free(void *memory);

void brine_free_extensions(OPENSSL_STACK *extensions);
void brine_free_general_names(OPENSSL_STACK *names);

#endif
