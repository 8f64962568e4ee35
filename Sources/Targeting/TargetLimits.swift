/// What bounds the work a target may cost, whoever wrote it and whatever a host claims its grains are.
enum TargetLimits {
  /// A list of 10,000 long names is 640 kB.
  static let textBytes = 1 << 20
  static let patternBytes = 4096
  /// Words after all nodegroups are written out.
  static let words = 100_000
  static let nesting = 100
  /// Components of `a:b:c`.
  static let components = 32
  /// Looks at a key or a value while one host is matched against one `G@ P@ I@ J@`.
  static let steps = 100_000
  /// Backtracking steps of one regular expression on one text: milliseconds.
  static let regexSteps: UInt32 = 20_000
  static let regexDepth: UInt32 = 50_000
  static let regexHeapKiB: UInt32 = 16_384
  static let hostNameBytes = 255
  static let hosts = 1_000_000
}
