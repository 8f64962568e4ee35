#ifndef BRINE_CEPOLL_H
#define BRINE_CEPOLL_H

// Swift's Glibc module does not show epoll(7).
#include <sys/epoll.h>

#endif
