/// What can be fuzzed.
enum FuzzSubjectName: String {
  case jinja, yaml, compiler, json, messagepack, messages, targeting

  @MainActor func subject(directory: String) throws -> any FuzzSubject {
    switch self {
    case .jinja: JinjaSubject()
    case .yaml: YAMLSubject()
    case .compiler: try CompilerSubject(directory: directory)
    case .json: JSONSubject()
    case .messagepack: MessagePackSubject()
    case .messages: MessagesSubject()
    case .targeting: TargetingSubject()
    }
  }
}
