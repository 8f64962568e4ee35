import Glibc
import HostSystem

/// The child: mutates and runs, until its time is over or an input ends it.
@MainActor struct FuzzWorker {
  /// More of processor time for one input is a finding.
  static let slowLimit: UInt64 = 2_000_000_000
  private static let memoryLimit: rlim_t = 4 << 30
  private static let poolLimit = 20_000

  private let options: FuzzOptions
  private let subject: any FuzzSubject
  private let findings: Findings

  init(_ options: FuzzOptions) throws {
    self.options = options
    subject = try options.subject.subject(directory: "\(options.findings)/\(options.subject.rawValue).tree")
    findings = Findings(directory: options.findings, subject: options.subject.rawValue)
  }

  func replay(_ path: String) async throws {
    let input = try HostFiles().read(path)
    let start = FuzzClock.processor()
    let outcome = await subject.run(input)
    print("\((FuzzClock.processor() - start) / 1_000_000) ms: \(outcome)")
  }

  func run() async throws {
    var memory = rlimit(rlim_cur: Self.memoryLimit, rlim_max: Self.memoryLimit)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    let record = try FuzzRecord(path: options.recordPath, isNew: false)
    var pool = try inputs()
    let sound = pool.count
    var mutator = Mutator(seed: options.seed, tokens: subject.tokens)
    var known: Set<Int> = []
    let end = FuzzClock.monotonic() + UInt64(options.seconds) * 1_000_000_000
    var fresh = pool.makeIterator()
    while FuzzClock.monotonic() < end {
      let input = fresh.next() ?? mutator.mutated(pool, sound: sound)
      record.begin(input)
      let outcome = await subject.run(input)
      let time = record.end()
      if time > Self.slowLimit { _ = findings.keep("slow", input, "\(time / 1_000_000) ms") }
      switch outcome {
      case .accepted: record[.accepted] += 1
      case .refused(let words):
        guard pool.count < Self.poolLimit, known.insert(Self.shape(words)).inserted else { continue }
        pool.append(input)
        record[.pool] = UInt64(pool.count)
      case .wrong(let words):
        record[.wrong] += 1
        _ = findings.keep("wrong", input, words)
      }
    }
  }

  private func inputs() throws -> [[UInt8]] {
    let corpus = try Corpus(options.corpus)
    let inputs = subject.byteSeeds + corpus.texts.compactMap { subject.input(fromCase: $0) }
    return inputs.filter { $0.count <= Mutator.sizeLimit }
  }

  /// The words of a sentence without what it quotes, so that new sentences are told from new names.
  private static func shape(_ words: String) -> Int {
    var hasher = Hasher()
    var isQuoted = false
    for byte in words.utf8.prefix(400) {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      if !isQuoted, isLetter { hasher.combine(byte) }
    }
    return hasher.finalize()
  }
}
