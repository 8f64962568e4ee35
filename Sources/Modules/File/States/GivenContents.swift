import Functions
import HostSystem
import Targeting
import Value

/// The content that a state gives itself: `contents`, `contents_pillar` or `contents_grains`.
struct GivenContents {
  enum Origin: Sendable {
    case contents, pillar, grains
  }

  var origin: Origin
  /// What an error calls it.
  var label: String
  var value: Value

  /// Nil when none of the three is given.
  init?(_ arguments: Arguments, _ context: StateContext) throws {
    let delimiter = arguments.string("contents_delimiter")
    if arguments.isGiven("contents_pillar") {
      origin = .pillar
      label = "contents_pillar \(arguments["contents_pillar"])"
      value = try Self.values(arguments["contents_pillar"], context.functions.pillar, delimiter, "Pillar")
    } else if arguments.isGiven("contents_grains") {
      origin = .grains
      label = "contents_grains \(arguments["contents_grains"])"
      value = try Self.values(arguments["contents_grains"], context.functions.grains, delimiter, "Grain")
    } else if arguments.isGiven("contents") {
      origin = .contents
      label = "'contents'"
      value = arguments["contents"]
    } else {
      return nil
    }
  }

  /// What the file is to hold. Each line ends in a newline, the last one only with `endsLine`.
  ///
  /// - Parameters:
  ///   - encoding: a name of Python's; UTF-8, ASCII and Latin-1 are known.
  ///   - errors: what becomes of a sign that it has not: `strict`, `ignore`, `replace` or `xmlcharrefreplace`.
  func bytes(endsLine: Bool, encoding: String?, errors: String = "strict") throws -> [UInt8] {
    if case .bytes(let bytes) = value, String(validating: bytes, as: UTF8.self) == nil { return bytes }
    guard value != .list([]) else {
      throw StateRefusal(
        "Contents specified by contents/contents_pillar/contents_grains is not a string or list of strings, and is not "
          + "binary data. SLS is likely malformed.")
    }
    return try Self.encoded(text(endsLine: endsLine), encoding, errors: errors)
  }

  func text(endsLine: Bool) -> String {
    let parts = value.listValue ?? [value]
    var text = ""
    for part in parts {
      for line in TextLines.split(StateText.of(part), at: .text, keepsEnds: false) { text += line + "\n" }
    }
    guard !endsLine else { return text }
    var bytes = Array(text.utf8)[...]
    while bytes.last == 0x0A { bytes.removeLast() }
    while bytes.last == 0x0D { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Nothing, as Python sees it.
  var isEmpty: Bool {
    switch value {
    case .null, .bool(false), .int(0), .string(""), .list([]), .bytes([]): true
    case .map(let map): map.isEmpty
    default: false
    }
  }

  static func encoded(_ text: String, _ encoding: String?, errors: String = "strict") throws -> [UInt8] {
    switch encoding?.lowercased().filter({ $0 != "-" && $0 != "_" }) {
    case nil, "utf8", "": return Array(text.utf8)
    case "ascii", "usascii": return try narrow(text, below: 0x80, encoding, errors)
    case "latin1", "iso88591", "l1": return try narrow(text, below: 0x100, encoding, errors)
    case "utf16le": return text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    case "utf16": return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    default:
      throw StateRefusal("Encoding '\(encoding ?? "")' is not known; there are utf-8, ascii, latin-1, utf-16.")
    }
  }

  private static func narrow(
    _ text: String, below limit: UInt32, _ encoding: String?, _ errors: String
  ) throws -> [UInt8] {
    try text.unicodeScalars.flatMap { scalar -> [UInt8] in
      if scalar.value < limit { return [UInt8(truncatingIfNeeded: scalar.value)] }
      switch errors {
      case "ignore": return []
      case "replace": return [0x3F]
      case "xmlcharrefreplace": return Array("&#\(scalar.value);".utf8)
      default:
        throw StateRefusal("The content has '\(scalar)', which the encoding '\(encoding ?? "")' has no sign for.")
      }
    }
  }

  /// The value under a key; under several, their texts as lines.
  private static func values(_ keys: Value, _ map: ValueMap, _ delimiter: String, _ what: String) throws -> Value {
    func value(_ key: Value) throws -> Value {
      guard let found = GrainPath(key.description, delimiter: delimiter).value(in: map) else {
        throw StateRefusal("\(what) \(key) does not exist")
      }
      return found
    }
    guard let list = keys.listValue else { return try value(keys) }
    return .string(try list.map { StateText.of(try value($0)) }.joined(separator: "\n"))
  }
}
