#ifndef BRINE_CCRYPT_SHIM_H
#define BRINE_CCRYPT_SHIM_H
#include <crypt.h>
#endif
