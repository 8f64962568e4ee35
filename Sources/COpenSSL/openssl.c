#define _GNU_SOURCE
#include "COpenSSL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// One pointer for each function, set once under the lock and read afterwards.
#define BRINE_OPENSSL(result, name, symbols, parameters, arguments)            \
  static result(*pointer_##name) parameters;                                   \
  result ossl_##name parameters { return pointer_##name arguments; }
#include "openssl_functions.h"
#undef BRINE_OPENSSL

static const struct {
  const char *symbols;
  void **pointer;
} functions[] = {
#define BRINE_OPENSSL(result, name, symbols, parameters, arguments) {symbols, (void **)&pointer_##name},
#include "openssl_functions.h"
#undef BRINE_OPENSSL
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int is_loaded;
static char problem[512];

/// The first of the names, separated by spaces, that one of the libraries has.
static void *find(void *crypto, void *ssl, const char *symbols) {
  char name[64];
  while (*symbols) {
    size_t length = strcspn(symbols, " ");
    if (length >= sizeof name) return NULL;
    memcpy(name, symbols, length);
    name[length] = 0;
    void *found = dlsym(crypto, name);
    if (!found) found = dlsym(ssl, name);
    if (found) return found;
    symbols += length;
    symbols += strspn(symbols, " ");
  }
  return NULL;
}

static const char *load(void) {
  static const char *const versions[] = {"3", "1.1"};
  void *crypto = NULL, *ssl = NULL;
  for (unsigned index = 0; index < 2 && !ssl; index++) {
    char path[32];
    snprintf(path, sizeof path, "libcrypto.so.%s", versions[index]);
    crypto = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!crypto) continue;
    snprintf(path, sizeof path, "libssl.so.%s", versions[index]);
    ssl = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!ssl) dlclose(crypto);
  }
  if (!ssl) {
    snprintf(problem, sizeof problem, "neither libssl.so.3 nor libssl.so.1.1 is on this host");
    return problem;
  }
  for (unsigned index = 0; index < sizeof functions / sizeof *functions; index++) {
    void *found = find(crypto, ssl, functions[index].symbols);
    if (!found) {
      snprintf(problem, sizeof problem, "the host's OpenSSL has no function %s", functions[index].symbols);
      dlclose(ssl);
      dlclose(crypto);
      return problem;
    }
    *functions[index].pointer = found;
  }
  // No openssl.cnf: it could load engines and providers, that is code, into this process. No work at exit either.
  const uint64_t no_configuration = 0x80, no_exit_handler = 0x80000;
  if (ossl_OPENSSL_init_crypto(no_configuration | no_exit_handler, NULL) != 1 ||
      ossl_OPENSSL_init_ssl(no_configuration | no_exit_handler, NULL) != 1) {
    snprintf(problem, sizeof problem, "the host's OpenSSL does not start");
    return problem;
  }
  return NULL;
}

const char *brine_openssl_load(void) {
  pthread_mutex_lock(&lock);
  const char *text = is_loaded ? NULL : load();
  if (!text) is_loaded = 1;
  pthread_mutex_unlock(&lock);
  return text;
}

int brine_take_passphrase(char *buffer, int size, int writing, void *passphrase) {
  (void)writing;
  if (!passphrase) return 0;
  size_t length = strlen(passphrase);
  if (size < 0 || length > (size_t)size) return 0;
  memcpy(buffer, passphrase, length);
  return (int)length;
}

X509_EXTENSION *brine_make_extension(X509 *issuer, X509 *subject, X509_REQ *request, X509_CRL *list, const char *name,
                                     const char *value) {
  // X509V3_CTX is a handful of pointers in every version.
  void *context[32];
  memset(context, 0, sizeof context);
  // An empty configuration: some kinds ask for one even when the value names no section of it.
  void *configuration = ossl_NCONF_new(NULL);
  if (!configuration) return NULL;
  ossl_X509V3_set_ctx(context, issuer, subject, request, list, 0);
  ossl_X509V3_set_nconf(context, configuration);
  X509_EXTENSION *made = ossl_X509V3_EXT_nconf(configuration, context, name, value);
  ossl_NCONF_free(configuration);
  return made;
}

void brine_openssl_free(void *memory) { ossl_CRYPTO_free(memory, __FILE__, __LINE__); }

static void free_extension(void *extension) { ossl_X509_EXTENSION_free(extension); }
static void free_general_name(void *name) { ossl_GENERAL_NAME_free(name); }

void brine_free_extensions(OPENSSL_STACK *extensions) { ossl_OPENSSL_sk_pop_free(extensions, free_extension); }
void brine_free_general_names(OPENSSL_STACK *names) { ossl_OPENSSL_sk_pop_free(names, free_general_name); }
