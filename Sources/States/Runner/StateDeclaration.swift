import Functions
import OrderedCollections
import Value

/// What can be wrong with a low chunk before its function is called, in Salt's sentences.
enum StateDeclaration {
  static func problems(of call: StateCall, in registry: StateRegistry) -> [String] {
    let data = call.chunk.data
    var problems: [String] = []
    for word in ["state", "fun", "name"] where data[word] == nil { problems.append("Missing \"\(word)\" data") }
    if let name = data["name"], name.stringValue == nil, Truth.isTrue(name) {
      let place = data["__sls__"].map { "in SLS '\($0)' " } ?? ""
      problems.append("ID '\(name)' \(place)is not formed as a string, but is \(name.kindName)")
    }
    if let umask = data["umask"], mask(data) == nil { problems.append("Invalid umask: \(umask)") }
    if data["runas_password"] != nil {
      problems.append("runas_password is for Windows; on this host `runas` alone is enough. Take it out.")
    }
    guard problems.isEmpty else { return problems }
    guard let function = registry[call.function], call.mode != .watch || isWatchable(function, registry) else {
      return missing(call)
    }
    for parameter in function.signature.parameters
    where parameter.defaultValue == nil && parameter.kind == .normal && data[parameter.name] == nil {
      problems.append("Missing parameter \(parameter.name) for state \(call.function)")
    }
    return problems
  }

  /// The module has a `mod_watch`.
  private static func isWatchable(_ function: StateFunction, _ registry: StateRegistry) -> Bool {
    function.watch != nil || registry.watchModules.contains(function.signature.module)
  }

  private static func missing(_ call: StateCall) -> [String] {
    let name = "\(call.chunk.module).\(call.chunk.function)"
    guard let sls = call.chunk.data["__sls__"] else { return ["Specified state '\(name)' was not found"] }
    return ["State '\(name)' was not found in SLS '\(sls)'", "Reason: '\(name)' is not available."]
  }

  /// What a function that does not exist was probably meant to be. It is no part of the comment, which tools match on.
  static func hints(of call: StateCall, in registry: StateRegistry) -> [String] {
    let name = "\(call.chunk.module).\(call.chunk.function)"
    guard call.mode == .run, registry[name] == nil else { return [] }
    let near = registry.near(name).map { "'\($0)'" }
    return near.isEmpty ? [] : ["Did you mean \(near.joined(separator: " or ")) in place of '\(name)'?"]
  }

  /// The mask that `umask` means; nil when there is none or it is not octal.
  static func mask(_ data: ValueMap) -> UInt32? {
    data["umask"].flatMap { UInt32($0.description, radix: 8) }.flatMap { $0 <= 0o7777 ? $0 : nil }
  }
}
