/// Something that reads what others wrote.
@MainActor protocol FuzzSubject {
  /// Inputs to start from, besides the corpus.
  var seeds: [String] { get }
  /// The same as bytes, for what reads no text.
  var byteSeeds: [[UInt8]] { get }
  /// What the mutator puts in.
  var tokens: [String] { get }
  /// Takes a text of the corpus as an input; nil when it is none for this subject.
  func input(fromCase text: CorpusText) -> [UInt8]?
  func run(_ input: [UInt8]) async -> FuzzOutcome
}

extension FuzzSubject {
  var byteSeeds: [[UInt8]] { seeds.map { Array($0.utf8) } }

  func input(fromCase text: CorpusText) -> [UInt8]? { text.kind == .tree ? Array(text.text.utf8) : nil }
}
