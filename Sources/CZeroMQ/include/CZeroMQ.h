#ifndef BRINE_CZEROMQ_H
#define BRINE_CZEROMQ_H

#include <zmq.h>

#endif
