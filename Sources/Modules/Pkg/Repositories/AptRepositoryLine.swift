import HostSystem
import OrderedCollections

/// A repository in apt's one-line form: `deb [arch=amd64 signed-by=/…] URI suite component… # comment`, with `#` before it
/// when it is disabled (sources.list(5)).
struct AptRepositoryLine: Sendable, Hashable {
  var isDisabled = false
  /// `deb` or `deb-src`.
  var type: String
  /// In the order written; a key keeps its sign (`arch+`).
  var options: OrderedDictionary<String, String> = [:]
  var uri: String
  var suite: String
  var components: [String] = []
  /// Without its `#`.
  var comment = ""

  /// - Returns: nil for what is no repository. A comment in prose may begin with "deb" as well: a URI has a colon.
  init?(_ line: String) {
    var text = line.trimmed()
    while text.hasPrefix("#") {
      isDisabled = true
      text = String(text.dropFirst()).trimmed()
    }
    guard let word = text.fields().first, word == "deb" || word == "deb-src" else { return nil }
    type = word
    text = String(text.dropFirst(word.count)).trimmed()
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      for option in text[..<close].dropFirst().fields() {
        guard let equals = option.firstIndex(of: "=") else { return nil }
        options[option[..<equals].lowercased()] = String(option[option.index(after: equals)...])
      }
      text = text[text.index(after: close)...].trimmed()
    }
    // A medium's name holds spaces: `cdrom:[Debian GNU/Linux 12 …]/`.
    var medium = ""
    if text.hasPrefix("cdrom:["), let close = text.firstIndex(of: "]") {
      medium = String(text[...close])
      text = String(text[text.index(after: close)...])
    }
    if let sign = text.firstIndex(of: "#") {
      comment = text[text.index(after: sign)...].trimmed()
      text = String(text[..<sign])
    }
    var words = text.fields()
    if !medium.isEmpty { words = text.hasPrefix("/") ? [medium + words[0]] + words.dropFirst() : [medium] + words }
    guard words.count >= 2, words[0].contains(":") else { return nil }
    (uri, suite, components) = (words[0], words[1], Array(words.dropFirst(2)))
  }

  var architectures: [String] {
    get { options["arch"]?.split(separator: ",").map(String.init) ?? [] }
    set { set("arch", newValue.joined(separator: ",")) }
  }

  /// Empty when the line does not say.
  var signedBy: String {
    get { options["signed-by"] ?? "" }
    set { set("signed-by", newValue) }
  }

  /// Nil when the line does not say.
  var isTrusted: Bool? {
    get { options["trusted"].flatMap(AptRepositoryLine.truth) }
    set { set("trusted", newValue.map { $0 ? "yes" : "no" } ?? "") }
  }

  var text: String {
    let words = options.map { "\($0.key)=\($0.value)" }
    let bracket = words.isEmpty ? [] : ["[\(words.joined(separator: " "))]"]
    return
      ((isDisabled ? ["#"] : []) + [type] + bracket + [uri, suite] + components
      + (comment.isEmpty ? [] : ["#\(comment)"])).joined(separator: " ")
  }

  /// Whether another line says the same to apt: components and architectures in any order, `/` at the end or not.
  func means(the other: AptRepositoryLine) -> Bool {
    var (left, right) = (self, other)
    for option in ["arch", "lang", "target"] {
      left.options[option] = left.options[option].map(Self.sorted)
      right.options[option] = right.options[option].map(Self.sorted)
    }
    guard
      Dictionary(uniqueKeysWithValues: left.options.map { ($0.key, $0.value) })
        == Dictionary(uniqueKeysWithValues: right.options.map { ($0.key, $0.value) })
    else { return false }
    return isDisabled == other.isDisabled && type == other.type && suite == other.suite && comment == other.comment
      && components.sorted() == other.components.sorted()
      && AptRepositories.withoutSlash(uri) == AptRepositories.withoutSlash(other.uri)
  }

  private static func sorted(_ list: String) -> String { list.split(separator: ",").sorted().joined(separator: ",") }

  /// apt's words for yes and no; nil for anything else.
  static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "true", "with", "on", "enable", "1": true
    case "no", "false", "without", "off", "disable", "0": false
    default: nil
    }
  }

  private mutating func set(_ option: String, _ value: String) {
    options[option] = value.isEmpty ? nil : value
  }
}
