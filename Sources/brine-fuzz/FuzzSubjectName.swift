/// What can be fuzzed.
enum FuzzSubjectName: String {
  case jinja, yaml, compiler, json, messagepack, messages, targeting, jmespath, pillar, sealed, files
  case configuration

  @MainActor func subject(directory: String) throws -> any FuzzSubject {
    switch self {
    case .jinja: JinjaSubject()
    case .yaml: YAMLSubject()
    case .compiler: try CompilerSubject(directory: directory)
    case .json: JSONSubject()
    case .messagepack: MessagePackSubject()
    case .messages: MessagesSubject()
    case .targeting: TargetingSubject()
    case .jmespath: JMESPathSubject()
    case .pillar: try PillarSubject(directory: directory)
    case .sealed: try SealedSubject()
    case .files: try FilesSubject(directory: directory)
    case .configuration: try ConfigurationSubject(directory: directory)
    }
  }
}
