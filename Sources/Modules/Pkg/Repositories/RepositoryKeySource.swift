import Functions
import Value

/// Where a repository's signing key comes from.
enum RepositoryKeySource: Sendable, Hashable {
  /// `salt://…`, `file://…`, an absolute path, or `http(s)://…`.
  case place(String)
  case text(String)
  case server(String, ids: [String])

  /// What the arguments `key_url`, `key_text`, `keyid` and `keyserver` say; nil where they say nothing.
  init?(_ arguments: Arguments) throws(FunctionError) {
    let place = arguments.string("key_url").trimmed()
    let text = arguments.string("key_text")
    let ids = Self.ids(arguments["keyid"])
    let server = arguments.string("keyserver").trimmed()
    let hasServer = !ids.isEmpty || !server.isEmpty
    for (isGiven, name) in [(!place.isEmpty, "key_url"), (!text.isEmpty, "key_text")] where isGiven && hasServer {
      throw FunctionError(.badArguments, "You may not use both \"keyid\"/\"keyserver\" and \"\(name)\" argument.")
    }
    guard place.isEmpty || text.isEmpty else {
      throw FunctionError(.badArguments, "You may not use both \"key_url\" and \"key_text\" argument.")
    }
    if place.lowercased().hasPrefix("http:"), arguments["allow_insecure_key"].boolValue == false {
      throw FunctionError(
        .badArguments, "Cannot have 'key_url' using http with 'allow_insecure_key' set to True",
        hint: "Who is on the way could give another key: use https, salt:// or key_text.")
    }
    if !place.isEmpty {
      self = .place(place)
    } else if !text.isEmpty {
      self = .text(text)
    } else if hasServer {
      guard !ids.isEmpty, !server.isEmpty else {
        throw FunctionError(.badArguments, "both keyserver and keyid options required.")
      }
      try Self.check(server, ids)
      self = .server(server, ids: ids)
    } else {
      return nil
    }
  }

  static func check(_ server: String, _ ids: [String]) throws(FunctionError) {
    if let bad = ids.first(where: { !OpenPGPKey.isID($0) }) {
      throw FunctionError(
        .badArguments, "'\(bad.shownOnOneLine)' is no key id.", hint: "It has 8, 16, 32, 40 or 64 hexadecimal digits.")
    }
    guard server.isOneWord, !server.hasPrefix("-") else {
      throw FunctionError(.badArguments, "'\(server.shownOnOneLine)' is no key server.")
    }
  }

  /// One id or a list; YAML may have read digits as a number.
  static func ids(_ value: Value) -> [String] {
    let items = value.listValue ?? (value.isNull ? [] : [value])
    return items.map { item in
      item.intValue.map { String($0, radix: 16, uppercase: true) } ?? item.description.trimmed()
    }.filter { !$0.isEmpty }
  }

  /// Whether it can be read without asking another machine.
  var isNear: Bool {
    switch self {
    case .place(let place): !PackageDownload.isRemote(place)
    case .text: true
    case .server: false
    }
  }
}
