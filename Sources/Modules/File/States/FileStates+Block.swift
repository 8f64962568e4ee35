import Functions
import HostSystem
import Targeting
import Value

extension FileStates {
  static let blockreplace = StateFunction.file(
    "file.blockreplace", "What stands between two marker lines of a file is this content.",
    details: """
      The content is `content`, then what `file.accumulated` collected for the file, then the sources. `changes` has the \
      `diff`.

      Example:

          /etc/hosts:
            file.blockreplace:
              - marker_start: '# managed {'
              - marker_end: '# managed }'
              - content: 10.0.0.5 db1
              - append_if_not_found: True
      """,
    parameters: [
      name,
      .optional("marker_start", .string, default: "#-- start managed zone --", "Text in the line before the block."),
      .optional("marker_end", .string, default: "#-- end managed zone --", "Text in the line after the block."), source,
      sourceHash, .optional("template", .string, default: "jinja", "How a source is rendered."),
      .optional("sources", .any, "Several sources."), .optional("source_hashes", .any, "Taken as in Salt."), defaults,
      templateContext, .optional("content", .any, default: "", "What is put between the markers."),
      .optional("append_if_not_found", .bool, default: false, "Add markers and content at the end."),
      .optional("prepend_if_not_found", .bool, default: false, "Add them at the beginning."),
      .optional("backup", .any, default: ".bak", "What is added to the name of a copy; False makes none."), showChanges,
      .optional("append_newline", .any, "Put the end marker on its own line; None: when needed."),
      .optional("insert_before_match", .string, "Add them before the first line that fits this expression."),
      .optional("insert_after_match", .string, "Add them after it."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.blockreplace")
    let sources = arguments["sources"].listValue ?? []
    let hasSource = arguments.isGiven("source") && arguments["source"] != ""
    guard !(hasSource && !sources.isEmpty) else { throw StateRefusal("source and sources are mutually exclusive") }
    try StatePath.requirePresent(path, context.functions.files)
    var content = StateText.of(arguments["content"])
    for text in Accumulators(context.memory).texts(for: path, state: context.id) {
      content += (content.isEmpty ? "" : "\n") + StateText.of(text)
    }
    for source in hasSource ? [arguments["source"]] : sources {
      var variables = arguments["defaults"].mapValue ?? [:]
      for (key, value) in arguments["context"].mapValue ?? [:] { variables[key] = value }
      let bytes = try await SourceFinder(context: context).text(
        of: source.description, engine: arguments.optionalString("template"), variables: variables)
      content += TextLines.decoded(bytes)
    }
    func refusal(_ reason: String) -> StateRefusal {
      StateRefusal("Encountered error managing block: \(reason). See the log for details.")
    }
    let block = MarkedBlock(
      start: arguments.string("marker_start"), end: arguments.string("marker_end"), content: content,
      appendsNewline: arguments["append_newline"].boolValue)
    guard !block.start.isEmpty, !block.end.isEmpty else { throw refusal("Both markers have to be given") }
    let absences = try blockAbsences(arguments)
    guard absences.count <= 1 else {
      throw refusal(
        "Only one of append_if_not_found, prepend_if_not_found, insert_before_match, and insert_after_match is permitted"
      )
    }
    let rewrite = try TextRewrite(path, context.functions)
    let old: String
    let new: String
    do {
      old = try rewrite.text()
      new = try block.replaced(in: old, ifAbsent: absences.first ?? .refuse)
    } catch MarkedBlock.Fault.unterminated {
      throw refusal("Unterminated marked block. End of file reached before marker_end.")
    } catch MarkedBlock.Fault.absent {
      throw refusal("Cannot edit marked block. Markers were not found in file.")
    } catch let error as StateRefusal {
      throw refusal(error.comment)
    }
    let diff = UnifiedDiff.text(Array(old.utf8), Array(new.utf8), breaks: .bytes)
    if !diff.isEmpty, !context.isTest {
      try rewrite.write(new, backupSuffix: TextRewrite.suffix(arguments["backup"]))
    }
    return TextRewrite.result(
      diff, showsChanges: arguments.bool("show_changes"), planned: "Changes would be made", context)
  }

  private static func blockAbsences(_ arguments: Arguments) throws -> [MarkedBlock.Absence] {
    var absences: [MarkedBlock.Absence] = []
    if arguments.bool("append_if_not_found") { absences.append(.append) }
    if arguments.bool("prepend_if_not_found") { absences.append(.prepend) }
    if case let text = arguments.string("insert_before_match"), !text.isEmpty {
      absences.append(.before(try RegularExpression(text)))
    }
    if case let text = arguments.string("insert_after_match"), !text.isEmpty {
      absences.append(.after(try RegularExpression(text)))
    }
    return absences
  }

  static let accumulated = StateFunction.file(
    "file.accumulated", "Collects texts for a file that a later state of the run writes.",
    details: """
      The state names a `file.managed` with a template, which sees them as `accumulator[name]`, or a \
      `file.blockreplace`, in its `require_in` or `watch_in`.

      Example:

          hosts:
            file.accumulated:
              - filename: /etc/hosts
              - text: 10.0.0.5 db1
              - require_in:
                - file: /etc/hosts
      """,
    parameters: [
      .required("name", .string, "A name for what is collected."),
      .required("filename", .string, "Absolute path of the file."),
      .required("text", .any, "A text or a list of texts."), more,
    ]
  ) { arguments, context in
    let (name, file) = (arguments.string("name"), arguments.string("filename"))
    guard !name.isEmpty else { throw StateRefusal("Must provide name to file.accumulated") }
    guard arguments.isGiven("text") else { throw StateRefusal("No text supplied for accumulator") }
    let targets = ["require_in", "watch_in"].flatMap { context.chunk[$0]?.listValue ?? [] }
    guard targets.contains(where: { $0["file"] != nil || $0 == "file" }) else {
      throw StateRefusal("Orphaned accumulator \(name) in \(context.sls):\(context.id)")
    }
    let ids = targets.flatMap { target in target.mapValue.map { Array($0.values) } ?? [target] }
    let texts = arguments["text"].listValue ?? [arguments["text"]]
    let isNew = Accumulators(context.memory).add(texts, name, for: file, targets: ids)
    return StateResult(true, isNew ? "Accumulator \(name) for file \(file) was charged by text" : "")
  }
}
