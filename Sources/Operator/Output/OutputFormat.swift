/// How results are shown: what `--out` takes.
public enum OutputFormat: String, Sendable, Hashable, CaseIterable {
  /// Equal answers together, failures last, a summary: for people.
  case folded
  /// One host after the other, as Salt shows them.
  case nested
  /// State runs as Salt shows them, host by host; other answers as `nested`.
  case highstate
  /// One object, from host to answer.
  case json
  /// One object a line and host.
  case jsonl
  case yaml
  /// A row a host, or a row for each entry of its answer.
  case table
  /// One line of JSON a host.
  case raw
  case quiet
}
