/// What Salt's `load_…` and `import_…` tags read.
enum DataFormat: String, Sendable {
  case yaml, json, text
}
