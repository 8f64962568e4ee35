// PCRE2 of 8-bit code units, which is what a Swift string's UTF-8 is.
#ifndef BRINE_CPCRE2_SHIM_H
#define BRINE_CPCRE2_SHIM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
