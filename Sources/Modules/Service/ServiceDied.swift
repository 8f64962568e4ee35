import Functions

/// Thrown, where it is asked for, in place of the reason: the service manager had started the service, and it did not
/// stay up.
struct ServiceDied: Error {
  let reason: FunctionError
}
