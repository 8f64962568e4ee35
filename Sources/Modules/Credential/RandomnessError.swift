import HostSystem

/// The kernel gave no random bytes.
struct RandomnessError: Error, CustomStringConvertible {
  var number: Int32
  var description: String { "the kernel gave no random bytes: \(HostError.text(of: number))" }
}
