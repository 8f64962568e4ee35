import Functions
import HostSystem
import OrderedCollections
import Value

/// The repository that `pkgrepo.managed` or `pkg.mod_repo` is asked for on apt.
struct AptRepositoryRequest: Sendable, Hashable {
  /// As the name has it: what is looked for in the files.
  var named: AptRepositoryLine
  /// What it is to be: the name with what the arguments say.
  var line: AptRepositoryLine
  /// Nil leaves it where it is; a new one goes to `sources.list`.
  var file: String?
  var isCleaningFile = false
  var isConsolidating = false
  /// Whether it is said that the repository is to be used, or not; else that stays as it is.
  var isUseSaid = true

  var newFile: String { file ?? AptSources.list }
  /// What is to be configured, as it would be read.
  var source: AptSource { AptSource(line, text: line.text, file: newFile) }

  /// - Throws: `FunctionError.Code.badArguments` for what would harm apt: it reads no repository at all when one is wrong.
  ///
  /// - Parameter isEnabledByDefault: what counts where neither `enabled` nor `disabled` is given.
  init(_ name: String, _ arguments: Arguments, isEnabledByDefault: Bool) throws(FunctionError) {
    guard !name.hasPrefix("ppa:") else {
      throw FunctionError(.badArguments, "cannot parse \"ppa:\" style repo definitions: \(name)")
    }
    guard name.isOneLine, let named = AptRepositoryLine(name) else {
      throw FunctionError(
        .badArguments,
        "Name \(name.shownOnOneLine) is not valid. This must be the complete repo entry as seen in the sources file")
    }
    self.named = named
    line = named
    if let components = Self.words(arguments["comps"]) { line.components = components }
    if let architectures = Self.words(arguments["architectures"]) { line.architectures = architectures }
    if let suite = arguments.optionalString("dist"), !suite.isEmpty { line.suite = suite }
    if let uri = arguments.optionalString("uri"), !uri.isEmpty { line.uri = uri }
    if let path = arguments.optionalString("signedby"), !path.isEmpty { line.signedBy = path }
    if let trusted = Self.truth(arguments["trusted"]) { line.isTrusted = trusted ? true : nil }
    if let disabled = Self.truth(arguments["disabled"]) {
      line.isDisabled = disabled
    } else if let enabled = Self.truth(arguments["enabled"]) {
      line.isDisabled = !enabled
    } else if isEnabledByDefault {
      line.isDisabled = false
    } else {
      isUseSaid = false
    }
    if let comments = Self.comments(arguments["comments"]) { line.comment = comments }
    if let file = arguments.optionalString("file"), !file.isEmpty { self.file = file }
    isCleaningFile = arguments.bool("clean_file")
    isConsolidating = arguments.bool("consolidate")
    try check()
  }

  private func check() throws(FunctionError) {
    let words = [line.type, line.uri, line.suite] + line.components
    let values = line.options.flatMap { [$0.key, $0.value] }
    if let bad = words.first(where: { !$0.isOneWord || $0.contains("#") })
      ?? values.first(where: { !$0.isOneWord || $0.contains { "[]#".contains($0) } })
    {
      throw FunctionError(.badArguments, "'\(bad.shownOnOneLine)' cannot stand in a line of apt's sources.")
    }
    if let trusted = line.options["trusted"], AptRepositoryLine.truth(trusted) == nil {
      throw FunctionError(.badArguments, "'trusted' is yes or no, not '\(trusted)'.")
    }
    guard line.comment.isOneLine else {
      throw FunctionError(.badArguments, "'comments' goes on one line.")
    }
    guard line.suite.hasSuffix("/") == line.components.isEmpty else {
      throw FunctionError(
        .badArguments,
        line.components.isEmpty
          ? "The repository '\(line.text)' has no component."
          : "A suite that ends with / has no components: '\(line.text)'.",
        hint: "apt would read no repository at all: write `deb URI SUITE COMPONENT…`, or `deb URI PATH/`.")
    }
    guard line.signedBy.isEmpty || PackageName.isPath(line.signedBy) || line.signedBy.allSatisfy(\.isHexDigitOrComma)
    else {
      throw FunctionError(.badArguments, "signed-by takes the absolute path of a keyring, not '\(line.signedBy)'.")
    }
    guard AptSources.isRead(newFile) else {
      throw FunctionError(
        .badArguments, "apt does not read a file \(newFile.shownOnOneLine).",
        hint:
          "It reads \(AptSources.list) and *.list and *.sources in \(AptSources.directory), whose names hold letters, "
          + "digits and `_ - .`.")
    }
    guard !isCleaningFile || file != nil else {
      throw FunctionError(.badArguments, "clean_file needs 'file'.")
    }
  }

  /// `a,b` or a list; nil where nothing is said.
  static func words(_ value: Value) -> [String]? {
    switch value {
    case .null: nil
    case .list(let items): items.map { $0.description.trimmed() }.filter { !$0.isEmpty }
    default: value.description.split(separator: ",").map { $0.trimmed() }.filter { !$0.isEmpty }
    }
  }

  /// As Salt reads truth: `yes`, `true`, `on`, 1.
  static func truth(_ value: Value) -> Bool? {
    switch value {
    case .null: nil
    case .bool(let truth): truth
    case .int(let number): number != 0
    default: AptRepositoryLine.truth(value.description) ?? false
    }
  }

  static func comments(_ value: Value) -> String? {
    switch value {
    case .null: nil
    case .list(let items): items.map(\.description).joined(separator: " ").trimmed()
    default: value.description.trimmed()
    }
  }
}

extension Character {
  fileprivate var isHexDigitOrComma: Bool { isHexDigit || self == "," || self == "!" }
}
