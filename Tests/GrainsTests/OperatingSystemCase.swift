import Testing
import Value

/// Real os-release files with what Salt 3008.3's own code makes of them.
struct OperatingSystemCase: Sendable, CustomTestStringConvertible {
  var name: String
  var files: [String: String]
  var grains: ValueMap

  var testDescription: String { name }

  static let all: [OperatingSystemCase] = debianFamily + redHatFamily + others
}
