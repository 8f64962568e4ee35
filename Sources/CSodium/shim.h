#ifndef BRINE_CSODIUM_SHIM_H
#define BRINE_CSODIUM_SHIM_H
#include <sodium.h>
#endif
