import Functions
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let serialize = StateFunction.file(
    "file.serialize", "A file holds data as JSON, YAML or another format.",
    details: """
      `serializer` is `json`, `yaml`, `configparser` or `msgpack`. With `merge_if_exists` the data is laid over what is in \
      the file, and the `diff` in `changes` is a map of the keys. Data of the pillar is not shown.

      Example:

          /etc/docker/daemon.json:
            file.serialize:
              - serializer: json
              - dataset: {log-driver: journald}
      """,
    parameters: [
      name, .optional("dataset", .any, "The data."),
      .optional("dataset_pillar", .any, "The pillar's key that has the data."), user, group,
      .optional("mode", .any, "Permission bits as octal digits."), backup, makedirs, showChanges,
      .optional("create", .bool, default: true, "False does nothing when the file is missing."),
      .optional("merge_if_exists", .bool, default: false, "Lay the data over what is in the file."),
      .optional("encoding", .string, "utf-8 (also when not given), ascii, latin-1 or utf-16."),
      .optional("encoding_errors", .string, default: "strict", "Taken as in Salt."),
      .optional("serializer", .any, "The format; `yaml` when not given. Also `formatter`."),
      .optional("serializer_opts", .any, "Its options: `indent`, `sort_keys`, `separators`, `ensure_ascii`."),
      .optional("deserializer_opts", .any, "Taken as in Salt."),
      .optional("check_cmd", .any, "A command that gets the new file as last argument and refuses it by failing."),
      .optional("tmp_dir", .string, "The directory of that file; `/tmp` when not given."),
      .optional("tmp_ext", .string, default: "", "What its name ends in."), more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.serialize")
    try StatePath.requireAbsolute(path)
    let files = context.functions.files
    if !arguments.bool("create"), !files.isFile(path) {
      return StateResult(true, "File \(path) is not present and is not set for creation")
    }
    let formatter = arguments.map("kwargs")["formatter"]
    guard !arguments.isGiven("serializer") || formatter == nil else {
      throw StateRefusal("Only one of serializer and formatter are allowed")
    }
    let format = arguments.optionalString("serializer") ?? formatter?.description ?? "yaml"
    var data = try dataset(arguments, context)
    let serializer = try DataSerializer.named(format.lowercased())
    var diff: ValueMap?
    if arguments.bool("merge_if_exists"), files.isFile(path) {
      let present = try serializer.value(of: try files.read(path, limit: FileContent.memoryLimit), file: path)
      if !present.isNull {
        let merged = merged(present, data)
        guard merged != present else { return StateResult(true, "The file \(path) is in the correct state") }
        data = merged
        if let old = present.mapValue, let new = merged.mapValue { diff = differences(old, new) }
      }
    }
    let encoding = arguments.optionalString("encoding")
    let bytes = try serializer.bytes(of: data, options: options(arguments))
    var file = ManagedFile(context: context, path: path)
    file.content = .bytes(
      serializer == .msgpack ? bytes : try GivenContents.encoded(TextLines.decoded(bytes), encoding))
    file.permissions = try await FilePermissions(
      user: arguments["user"], group: arguments["group"], mode: arguments["mode"], context)
    file.makesDirectories = arguments.bool("makedirs")
    file.keepsBackup = MinionBackup.isWanted(arguments["backup"], context.functions)
    let isSecret = arguments.isGiven("dataset_pillar")
    file.showsChanges = arguments.bool("show_changes") && !isSecret
    guard !files.isDirectory(path) else { throw StateRefusal("Specified target \(path) is a directory") }
    var result = context.isTest ? try predicted(file) : try await enforced(file, arguments, context)
    if let diff, !isSecret, result.result != false { result.changes["diff"] = .map(diff) }
    if arguments.isGiven("deserializer_opts"), !arguments.bool("merge_if_exists") {
      result.warnings.append(
        "The 'deserializer_opts' option is ignored unless merge_if_exists is set to True.")
    }
    return result
  }

  private static func predicted(_ file: ManagedFile) throws -> StateResult {
    let changes = try file.predictedChanges()
    return changes.isEmpty
      ? StateResult(true, "The file \(file.path) is in the correct state")
      : StateResult(nil, "Dataset will be serialized and stored into \(file.path)", changes: changes)
  }

  private static func enforced(
    _ file: ManagedFile, _ arguments: Arguments, _ context: StateContext
  ) async throws -> StateResult {
    if let check = CheckCommand(arguments, context), try !file.predictedChanges().isEmpty,
      let failure = try await check.failure(of: file)
    {
      return failure
    }
    return try file.enforced()
  }

  private static func dataset(_ arguments: Arguments, _ context: StateContext) throws -> Value {
    let pillar = arguments["dataset_pillar"]
    let given = arguments["dataset"]
    let hasPillar = !pillar.isNull && pillar != ""
    guard !hasPillar || given.isNull || given == [:] || given == [] else {
      throw StateRefusal("Only one of 'dataset' and 'dataset_pillar' is permitted")
    }
    let data =
      hasPillar
      ? GrainPath(pillar.description, delimiter: ":").value(in: context.functions.pillar) ?? .null : given
    guard !data.isNull else { throw StateRefusal("Neither 'dataset' nor 'dataset_pillar' was defined") }
    return data
  }

  /// Options as a map, or as a list of maps of one key.
  private static func options(_ arguments: Arguments) -> ValueMap {
    if let map = arguments["serializer_opts"].mapValue { return map }
    var options: ValueMap = [:]
    for item in arguments["serializer_opts"].listValue ?? [] {
      for (key, value) in item.mapValue ?? [:] { options[key] = value }
    }
    return options
  }

  /// Maps are merged key by key, all else is replaced.
  private static func merged(_ old: Value, _ new: Value) -> Value {
    guard var map = old.mapValue, let more = new.mapValue else { return new }
    for (key, value) in more { map[key] = map[key].map { merged($0, value) } ?? value }
    return .map(map)
  }

  private static func differences(_ old: ValueMap, _ new: ValueMap) -> ValueMap {
    var found: ValueMap = [:]
    for (key, value) in new {
      guard let before = old[key] else {
        found[key] = ["new": value, "old": "<_null_>"]
        continue
      }
      guard before != value else { continue }
      if let first = before.mapValue, let second = value.mapValue {
        let inner = differences(first, second)
        if !inner.isEmpty { found[key] = .map(inner) }
      } else {
        found[key] = ["new": value, "old": before]
      }
    }
    return found
  }
}
