import OrderedCollections
import States
import Testing
import Value

/// Whatever stands in high data, compiling gives a plan or problems, and a plan keeps its promises.
@Suite struct CompilerFuzzTests {
  /// A linear congruential generator: the same data in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let words = [
    "require", "watch", "prereq", "onchanges", "onfail", "listen", "use", "use_in", "require_in", "watch_in",
    "prereq_in", "onfail_in", "onchanges_in", "listen_in", "require_any", "watch_any", "onfail_all", "names", "name",
    "order", "__prereq__", "name_order", "fun", "state", "__id__", "test", "pkg", "sls", "id", "a", "b", "c", "*",
    "[", "test.nop", "a.b.c", ".", "", "__sls__", "__exclude__", "__extend__", "first", "last",
  ]

  private func scalar(_ generator: inout Generator) -> Value {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: .null
    case 1: .bool(Bool.random(using: &generator))
    case 2: .int([0, 1, -1, .max, .min, 10_000].randomElement(using: &generator) ?? 0)
    case 3: .double([0.5, .infinity, .nan, -1e300].randomElement(using: &generator) ?? 0)
    default: .string(Self.words.randomElement(using: &generator) ?? "")
    }
  }

  private func value(_ depth: Int, _ generator: inout Generator) -> Value {
    guard depth > 0 else { return scalar(&generator) }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return scalar(&generator)
    case 1, 2: return .list((0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth - 1, &generator) })
    default:
      var map = ValueMap()
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        map[scalar(&generator)] = value(depth - 1, &generator)
      }
      return .map(map)
    }
  }

  /// Mostly well formed, so that compiling gets as far as the order.
  private func declaration(_ generator: inout Generator) -> Value {
    var arguments: [Value] = ["nop"]
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      let word = Self.words.prefix(22).randomElement(using: &generator) ?? "a"
      let target: Value = [
        .string(["test", "id", "sls"].randomElement(using: &generator) ?? "test"): scalar(&generator)
      ]
      let isGood = Int.random(in: 0..<6, using: &generator) > 0
      arguments.append([.string(word): isGood ? .list([target]) : value(3, &generator)])
    }
    return ["test": .list(arguments)]
  }

  @Test(arguments: 0..<8) func neverCrashes(_ seed: UInt64) async throws {
    var generator = Generator(state: seed &* 977 &+ 1)
    let compiler = try StateTree([:]).compiler
    for _ in 0..<250 {
      var map = ValueMap()
      for name in ["a", "b", "c", "d"] {
        map[.string(name)] =
          Int.random(in: 0..<8, using: &generator) == 0 ? value(4, &generator) : declaration(&generator)
      }
      if Int.random(in: 0..<6, using: &generator) == 0 { map[scalar(&generator)] = value(4, &generator) }
      let high = HighData(map, sls: "a")
      _ = compiler.lowChunks(high, merging: false)
      guard case .success(let compiled) = compiler.compile(high) else { continue }
      check(compiled.plan)
    }
  }

  /// Found by `brine-fuzz compiler`: modules that are called like keys of Salt's own.
  @Test(arguments: ["__sls__", "__env__", "__id__", "name"]) func moduleWithAReservedName(_ name: String) async throws {
    let tree = try StateTree(["a.sls": "a: \(name).nop\nb:\n  \(name): [nop]\nc: {\(name).nop: []}\n"])
    _ = await tree.compile("a")
  }

  private func check(_ plan: StatePlan) {
    for (position, state) in plan.states.enumerated() {
      for (requisite, positions) in state.requisites {
        for other in positions {
          switch requisite {
          case .listen: #expect(plan.states.indices.contains(other))
          case .prereq: #expect(other > position)
          default: #expect(other < position && other >= 0)
          }
        }
      }
    }
  }
}
