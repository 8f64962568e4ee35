// Debian's libzmq archive is built with transports that Brine never uses: PGM and NORM multicast, and GSSAPI security.
// Linking their libraries would make every host that runs a minion need them (GSSAPI has no archive at all), so what
// libzmq names of them is defined here. Nothing but `pgm_init` and `pgm_shutdown` is ever called: only "tcp", "ipc" and "inproc" endpoints
// with CURVE reach libzmq, and the rest ends the program at once if that were ever untrue.
#include <stdlib.h>

#define NEVER_CALLED(name) \
  void name(void);         \
  void name(void) { abort(); }

NEVER_CALLED(NormCreateInstance)
NEVER_CALLED(NormCreateSession)
NEVER_CALLED(NormDestroyInstance)
NEVER_CALLED(NormDestroySession)
NEVER_CALLED(NormGetDescriptor)
NEVER_CALLED(NormGetNextEvent)
NEVER_CALLED(NormGetRandomSessionId)
NEVER_CALLED(NormIsUnicastAddress)
NEVER_CALLED(NormNodeDelete)
NEVER_CALLED(NormObjectGetType)
NEVER_CALLED(NormObjectGetUserData)
NEVER_CALLED(NormObjectSetUserData)
NEVER_CALLED(NormSetCongestionControl)
NEVER_CALLED(NormSetDefaultSyncPolicy)
NEVER_CALLED(NormSetDefaultUnicastNack)
NEVER_CALLED(NormSetLoopback)
NEVER_CALLED(NormSetMulticastInterface)
NEVER_CALLED(NormSetRxPortReuse)
NEVER_CALLED(NormSetTTL)
NEVER_CALLED(NormStartReceiver)
NEVER_CALLED(NormStartSender)
NEVER_CALLED(NormStopInstance)
NEVER_CALLED(NormStopReceiver)
NEVER_CALLED(NormStopSender)
NEVER_CALLED(NormStreamFlush)
NEVER_CALLED(NormStreamOpen)
NEVER_CALLED(NormStreamRead)
NEVER_CALLED(NormStreamSeekMsgStart)
NEVER_CALLED(NormStreamWrite)
NEVER_CALLED(gss_accept_sec_context)
NEVER_CALLED(gss_acquire_cred)
NEVER_CALLED(gss_delete_sec_context)
NEVER_CALLED(gss_display_name)
NEVER_CALLED(gss_import_name)
NEVER_CALLED(gss_init_sec_context)
NEVER_CALLED(gss_release_buffer)
NEVER_CALLED(gss_release_cred)
NEVER_CALLED(gss_release_name)
NEVER_CALLED(gss_unwrap)
NEVER_CALLED(gss_wrap)
NEVER_CALLED(pgm_bind3)
NEVER_CALLED(pgm_close)
NEVER_CALLED(pgm_connect)
NEVER_CALLED(pgm_error_free)
NEVER_CALLED(pgm_free)
NEVER_CALLED(pgm_freeaddrinfo)
NEVER_CALLED(pgm_getaddrinfo)
NEVER_CALLED(pgm_getsockopt)
NEVER_CALLED(pgm_gsi_create_from_data)
NEVER_CALLED(pgm_recvmsgv)
NEVER_CALLED(pgm_send)
NEVER_CALLED(pgm_setsockopt)
NEVER_CALLED(pgm_socket)

/// Called when a context is made; 1 is success.
int pgm_init(void *error);
int pgm_init(void *error) {
  (void)error;
  return 1;
}

/// Called when a context ends; 1 is success.
int pgm_shutdown(void);
int pgm_shutdown(void) { return 1; }

void *GSS_C_NT_HOSTBASED_SERVICE = 0;
void *GSS_C_NT_USER_NAME = 0;
const void *NORM_INSTANCE_INVALID = 0;
const void *NORM_NODE_ANY = 0;
const void *NORM_OBJECT_INVALID = 0;
const void *NORM_SESSION_INVALID = 0;
