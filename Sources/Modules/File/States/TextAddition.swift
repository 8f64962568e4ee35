import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

/// What `file.append` and `file.prepend` have in common: the texts, and the file they are added to.
struct TextAddition {
  enum Beginning {
    /// The state is done.
    case result(StateResult)
    case addition(TextAddition)
  }

  let texts: [String]
  /// What is in the file.
  let old: String
  private let showsChanges: Bool
  private let rewrite: TextRewrite

  static func begin(_ arguments: Arguments, _ path: String, _ context: StateContext) async throws -> Beginning {
    let files = context.functions.files
    let sources = arguments["sources"].listValue ?? []
    let hasSource = arguments.isGiven("source") && arguments["source"] != ""
    guard !(hasSource && !sources.isEmpty) else { throw StateRefusal("source and sources are mutually exclusive") }
    try StatePath.requireAbsolute(path)
    if !files.exists(path) {
      let makes = arguments.bool("makedirs")
      guard makes || context.isTest || files.isDirectory(PathText.dirname(path)) else {
        throw StateRefusal("\(path): file not found")
      }
      let touched = try FileStates.touched(path, makesDirectories: makes, context)
      if context.isTest { return .result(touched) }
    }
    var texts: [String] = []
    for source in hasSource ? [arguments["source"]] : sources {
      var variables = arguments["defaults"].mapValue ?? [:]
      for (key, value) in arguments["context"].mapValue ?? [:] { variables[key] = value }
      let finder = SourceFinder(context: context)
      let bytes: [UInt8]
      do {
        bytes = try await finder.text(
          of: source.description, engine: arguments.optionalString("template"), variables: variables)
      } catch let refusal as StateRefusal {
        throw StateRefusal("Failed to load template file \(source): \(refusal.comment)")
      }
      guard !bytes.isEmpty else { throw StateRefusal("Failed to read rendered template file (\(source))") }
      texts.append(TextLines.decoded(bytes))
    }
    if texts.isEmpty { texts = (arguments["text"].listValue ?? [arguments["text"]]).map(StateText.of) }
    let rewrite = try TextRewrite(path, context.functions)
    return .addition(
      TextAddition(
        texts: texts, old: TextLines.decoded(rewrite.bytes), showsChanges: arguments.bool("show_changes"),
        rewrite: rewrite))
  }

  func shown(_ diff: () -> String) -> String {
    if ContentDifference.isBinary(rewrite.bytes) { return "Replace binary file" }
    return showsChanges ? diff() : ContentDifference.hidden
  }

  func write(_ text: String) throws {
    guard String(validating: rewrite.bytes, as: UTF8.self) != nil else {
      throw StateRefusal("\(rewrite.target) is not a text in UTF-8, so nothing is added to it.")
    }
    try rewrite.write(text)
  }
}
