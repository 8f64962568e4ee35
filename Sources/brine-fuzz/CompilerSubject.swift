import Functions
import Glibc
import HostSystem
import OrderedCollections
import States
import Value

/// Each tree gives a plan or problems, and a plan keeps its promises. The input is `a.sls`, and once more `top.sls`.
struct CompilerSubject: FuzzSubject {
  let seeds = [
    "a:\n  test.nop:\n    - require:\n      - test: b\nb:\n  test.nop:\n    - watch_in: [{test: c}]\nc: test.nop\n",
    "include:\n  - b\n  - .sub\nexclude:\n  - id: y\nextend:\n  x:\n    test:\n      - require: [{sls: b}]\n",
    "a:\n  test.nop:\n    - names:\n      - one: [{order: 1}]\n      - two\n    - use: [{test: b}]\nb:\n  test: [nop]\n",
    "a:\n  test.nop:\n    - prereq: [{test: b}]\n    - onfail_any: [{test: b}]\nb:\n  test.nop:\n    - listen_in: [{test: a}]\n",
    "{% for i in range(4) %}\ns{{ i }}:\n  test.nop:\n    - order: {{ i }}\n    - require: [{test: 's*'}]\n{% endfor %}\n",
    "base:\n  '*':\n    - a\n  'os:Debian':\n    - match: grain\n    - b: {order: 1}\ndev:\n  'web1':\n    - c\n",
    "#!jinja|json\n{\"a\": {\"test.nop\": [{\"require\": [\"b\"]}]}, \"b\": {\"test\": [\"nop\"]}}\n",
  ]
  let tokens = [
    "require", "watch", "prereq", "onchanges", "onfail", "listen", "use", "use_in", "require_in", "watch_in",
    "prereq_in",
    "onfail_in", "onchanges_in", "listen_in", "require_any", "watch_any", "onfail_all", "names", "name", "order", "fun",
    "state", "__id__", "__sls__", "__env__", "include", "exclude", "extend", "first", "last", "test", "pkg", "sls",
    "id",
    "test.nop", "a.b.c", "'*'", "'['", "- b\n", "- .\n", "- ..sub\n", "- base: b\n", ": ", "\n", "\n  ", "\n    - ",
    "- ",
    "[", "]", "{", "}", "{test: a}", "[{test: b}]", "&a ", "*a", "<<: *a", "~", "1", "-1", "9223372036854775807",
    ".inf",
    "{{ sls }}", "{% include 'b.sls' %}", "{{ salt['test.nop']() }}", "{% import_yaml 'b.sls' as m %}", "{{ grains }}",
    "#!yaml\n", "#!json\n", "#!py\n", "#!text\n", "unless", "retry", "failhard", "aggregate", "x", "y", "match: ",
    "base:",
  ]
  private let directory: String
  private let context: FunctionContext

  init(directory: String) throws {
    self.directory = directory
    let files = [
      "b.sls": "include:\n  - c\nx:\n  test.nop:\n    - require_in: [{test: c1}]\ny: {test: [nop]}\n",
      "c.sls": "c1:\n  test.nop: [{order: 5}]\n", "sub/init.sls": "include: [.one]\ns: test.nop\n",
      "sub/one.sls": "extend:\n  s:\n    test: [{order: last}]\n",
    ]
    for (name, text) in files {
      try HostFiles().makeDirectory("\(directory)/base/sub")
      try HostFiles().write("\(directory)/base/\(name)", text: text)
    }
    let states = ["test", "cmd", "service", "pkg"].map { module in
      StateFunction("\(module).run", "", watch: { _, _ in StateResult(true, "") }) { _, _ in StateResult(true, "") }
    }
    context = FunctionContext(
      commands: NoCommands(), files: HostFiles(root: "\(directory)/none"), grains: ["id": "web1", "os": "Debian"],
      options: ["id": "web1"], states: StateRegistry(states), pillar: ["role": "web"])
  }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    guard replace("a.sls", input), replace("top.sls", input) else { return .wrong("no room for the input") }
    var context = context
    context.source = LocalFileSource(FileRoots(["base": ["\(directory)/base"], "dev": ["\(directory)/base/sub"]]))
    let compiler = StateCompiler(context: context)
    _ = try? await compiler.topMatches()
    let (high, problems) = await compiler.highData(of: ["a", "c"])
    _ = compiler.lowChunks(high, merging: false)
    _ = compiler.problems(of: high)
    switch compiler.compile(high) {
    case .success(let compiled):
      if let broken = Self.broken(compiled.plan) { return .wrong(broken) }
      return problems.isEmpty ? .accepted : .refused(problems.map(\.message).joined())
    case .failure(let error):
      if error.problems.contains(where: \.message.isEmpty) { return .wrong("a problem without words") }
      return .refused((problems + error.problems).map(\.message).joined())
    }
  }

  private func replace(_ name: String, _ bytes: [UInt8]) -> Bool {
    let file = open("\(directory)/base/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    return bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count
  }

  /// The first promise that a plan does not keep.
  private static func broken(_ plan: StatePlan) -> String? {
    for (position, state) in plan.states.enumerated() {
      for (requisite, positions) in state.requisites {
        for other in positions {
          let isGood =
            switch requisite {
            case .listen: plan.states.indices.contains(other)
            case .prereq: other > position && other < plan.states.count
            default: other < position && other >= 0
            }
          if !isGood { return "\(state.chunk.id) at \(position) has \(requisite) of \(other)" }
        }
      }
    }
    return nil
  }
}
