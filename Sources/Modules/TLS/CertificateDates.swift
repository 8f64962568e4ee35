import FoundationEssentials
import X509

/// The validity of certificates in seconds since the epoch. X509 speaks in `Date`: this file is the only one here that
/// imports FoundationEssentials for it.
extension Certificate {
  var notBeforeSeconds: Int64 { Self.seconds(notValidBefore) }
  var notAfterSeconds: Int64 { Self.seconds(notValidAfter) }

  /// The moment in the type that X509 takes.
  static func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

  /// Years beyond what 64 bits of seconds hold cannot come out of a certificate, whose years have four digits.
  private static func seconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970) }
}
