/// What the command line says.
struct FuzzOptions {
  static let usage = """
    brine-fuzz jinja|yaml|compiler|json|messagepack|messages|targeting [--seconds N] [--seed S] [--corpus DIR]…
               [--findings DIR] [--input FILE]
      --seconds   how long (60)
      --seed      of the generator (1): the same seed and corpus give the same inputs
      --corpus    more texts to start from: cases (*.json) and plain files
      --findings  where inputs that crash, stall or read back differently are kept (/tmp/brine-fuzz)
      --input     run this one input and say what came of it
    """

  var subject = FuzzSubjectName.jinja
  var seconds = 60
  var seed: UInt64 = 1
  var corpus: [String] = []
  var findings = "/tmp/brine-fuzz"
  var input: String?
  /// Of the child: it shares the record with its parent.
  var isWorker = false

  init(_ arguments: [String]) throws {
    var words = arguments.makeIterator()
    guard let name = words.next(), let subject = FuzzSubjectName(rawValue: name) else { throw FuzzError(Self.usage) }
    self.subject = subject
    while let word = words.next() {
      if word == "--worker" {
        isWorker = true
        continue
      }
      guard let value = words.next() else { throw FuzzError("\(word) needs a value\n\(Self.usage)") }
      switch word {
      case "--seconds": seconds = try Self.number(word, value)
      case "--seed": seed = UInt64(try Self.number(word, value))
      case "--corpus": corpus.append(value)
      case "--findings": findings = value
      case "--input": input = value
      default: throw FuzzError("\(word) is unknown\n\(Self.usage)")
      }
    }
  }

  private static func number(_ word: String, _ text: String) throws -> Int {
    guard let number = Int(text), number >= 0 else { throw FuzzError("\(word) takes a number, not \(text)") }
    return number
  }

  /// The child's arguments.
  func workerArguments(seed: UInt64, seconds: Int) -> [String] {
    [subject.rawValue, "--worker", "--seed", "\(seed)", "--seconds", "\(seconds)", "--findings", findings]
      + corpus.flatMap { ["--corpus", $0] }
  }

  var recordPath: String { "\(findings)/\(subject.rawValue).record" }
}
