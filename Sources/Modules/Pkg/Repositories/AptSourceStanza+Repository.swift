import HostSystem

extension AptSourceStanza {
  /// Whether a repository is configured so already; a stanza may stand for others too.
  func says(_ line: AptRepositoryLine) -> Bool {
    var wanted = self
    wanted.set(line)
    // It need not stand for this one alone.
    for field in ["Types", "URIs", "Suites"] { wanted[field] = self[field] }
    return wanted == self
  }

  /// Writes a repository into it. Fields that the line has no word for stay, and so does the text of those that say the
  /// same already.
  mutating func set(_ line: AptRepositoryLine) {
    assign("Types", line.type)
    assign("URIs", line.uri)
    assign("Suites", line.suite)
    assign("Components", line.components.joined(separator: " "))
    for (option, value) in line.options { assign(Self.field(option), Self.value(value, of: option)) }
    if line.architectures.isEmpty { self["Architectures"] = nil }
    if line.isTrusted == nil, self["Trusted"].flatMap(AptRepositoryLine.truth) == true { self["Trusted"] = nil }
    let isDisabled = self["Enabled"].flatMap(AptRepositoryLine.truth) == false
    if isDisabled != line.isDisabled { self["Enabled"] = line.isDisabled ? "no" : nil }
    if !line.comment.isEmpty, comment != line.comment { comment = line.comment }
  }

  private mutating func assign(_ field: String, _ value: String) {
    guard (self[field]?.fields() ?? []).sorted() != value.fields().sorted() else { return }
    self[field] = value.isEmpty ? nil : value
  }

  /// The field of a one-line option: `signed-by` is `Signed-By`, `arch+` is `Architectures-Add`.
  private static func field(_ option: String) -> String {
    let suffix = option.hasSuffix("+") ? "-Add" : option.hasSuffix("-") ? "-Remove" : ""
    let name = suffix.isEmpty ? option : String(option.dropLast())
    let plain =
      switch name {
      case "arch": "Architectures"
      case "lang": "Languages"
      case "target": "Targets"
      case "pdiffs": "PDiffs"
      default:
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
      }
    return plain + suffix
  }

  private static func value(_ value: String, of option: String) -> String {
    ["arch", "lang", "target"].contains(option.filter(\.isLetter))
      ? value.split(separator: ",").joined(separator: " ") : value
  }
}
