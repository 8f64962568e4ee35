import Functions
import HostSystem
import OrderedCollections
import Value

/// One HTTP request, made by curl. Address, headers, passwords and data go to it on standard input, never on its
/// command line.
struct HTTPQuery: Sendable {
  /// What Salt's `http.query` takes and Brine does not carry out.
  private static let refused = [
    "header_file", "header_render", "data_render", "cookies", "persist_session", "formdata", "text_out", "headers_out",
    "decode_out", "stream", "handle", "auth",
  ]

  private let url: String
  private let named: ValueMap

  /// - Throws: `FunctionError` with `badArguments` for an address of another kind, and for what is not carried out.
  init(_ url: String, _ named: ValueMap) throws {
    let scheme = url.prefix { $0 != ":" }.lowercased()
    guard ["http", "https"].contains(scheme), !url.unicodeScalars.contains(where: { $0.value < 0x21 }) else {
      throw FunctionError(.badArguments, "'\(GitText.redacted(url))' is not an http or https address.")
    }
    for name in Self.refused where ![nil, .null, false].contains(named[name]) {
      throw FunctionError(.badArguments, "http.query: '\(name)' is not carried out.")
    }
    self.url = url
    self.named = named
  }

  /// Salt's answer: `body`, and `status`, `headers`, `text` and `dict` where they are asked for; `error` and `status`
  /// when it did not work.
  func answer(_ context: FunctionContext) async throws -> ValueMap {
    if isOn("test") { return [:] }
    var command = Command("curl", "--config", "-")
    command.standardInput = .secret(Secret(try settings(context)))
    command.environment = ["LC_ALL": "C.UTF-8"]
    command.outputLimit = 16 << 20
    guard context.commands.which("curl") != nil else {
      throw FunctionError(.unavailable, "There is no 'curl' here.", hint: "It comes with the package 'curl'.")
    }
    let result = try await context.commands.run(command)
    guard !result.isTruncated else { throw FunctionError(.failed, "\(shown) answered with more than 16 MiB.") }
    guard result.isSuccess else {
      return ["status": 0, "error": .string(GitText.redacted(result.errorText.trimmed()))]
    }
    return try HTTPAnswer(result.standardOutput).value(named)
  }

  private var shown: String { GitText.redacted(url) }

  private func isOn(_ name: String) -> Bool { ![nil, .null, false, ""].contains(named[name]) }

  private func text(_ name: String) -> String? { isOn(name) ? named[name]?.description : nil }

  /// curl's configuration file.
  private func settings(_ context: FunctionContext) throws -> String {
    var lines: [(String, String?)] = [
      ("url", address), ("request", (text("method") ?? "GET").uppercased()), ("location", nil), ("max-redirs", "5"),
      ("silent", nil), ("show-error", nil), ("globoff", nil), ("proto", "=http,https"),
      ("proto-redir", url.lowercased().hasPrefix("https:") ? "=https" : "=http,https"), ("include", nil),
      ("user-agent", text("agent") ?? "Brine"), ("connect-timeout", "20"), ("max-time", text("timeout") ?? "3600"),
      ("write-out", "\\n%{http_code} %{size_header}"),
    ]
    if text("method")?.uppercased() == "HEAD" { lines.append(("head", nil)) }
    if let data = try data(context) { lines.append(("data-binary", data)) }
    for (name, value) in named["header_dict"]?.mapValue ?? [:] { lines.append(("header", "\(name): \(value)")) }
    for header in named["header_list"]?.listValue ?? [] { lines.append(("header", header.description)) }
    if let user = text("username") { lines.append(("user", "\(user):\(text("password") ?? "")")) }
    if named["verify_ssl"] == false { lines.append(("insecure", nil)) }
    if let bundle = text("ca_bundle") { lines.append(("cacert", bundle)) }
    if let pair = named["cert"]?.listValue, pair.count == 2 {
      lines += [("cert", pair[0].description), ("key", pair[1].description)]
    } else if let file = text("cert") {
      lines.append(("cert", file))
    }
    return lines.map { name, value in value.map { "\(name) = \(Self.quoted($0, name))\n" } ?? "\(name)\n" }.joined()
  }

  private func data(_ context: FunctionContext) throws -> String? {
    if let path = text("data_file") {
      do { return try context.files.readText(AbsolutePath.check(path, "data_file")) } catch let error as HostError {
        throw FunctionError(.failed, error.message)
      }
    }
    guard isOn("data"), let data = named["data"] else { return nil }
    return data.mapValue.map { form($0) } ?? data.description
  }

  private var address: String {
    guard let parameters = named["params"]?.mapValue, !parameters.isEmpty else { return url }
    return url + (url.contains("?") ? "&" : "?") + form(parameters)
  }

  private func form(_ fields: ValueMap) -> String {
    fields.map { "\(GitText.percentEncoded($0.description))=\(GitText.percentEncoded($1.description))" }
      .joined(separator: "&")
  }

  private static func quoted(_ text: String, _ name: String) -> String {
    if name == "write-out" { return "\"\(text)\"" }
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": quoted += "\\\(character)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
