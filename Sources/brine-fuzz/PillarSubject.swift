import Functions
import Glibc
import HostSystem
import OrderedCollections
import States
import Value

/// A pillar is compiled or has problems with words, and many compiles that share what they can give what each gives
/// alone. The input is the top file, an SLS, and what another one includes.
struct PillarSubject: FuzzSubject {
  let seeds = [
    "base:\n  '*':\n    - b\n    - c: {x: 1}\n  'G@os:Debian':\n    - order: 2\n    - d*\n",
    "base:\n  'os:Debian':\n    - match: grain\n    - ignore_missing: true\n    - gone\ndev:\n  '*': [e]\n",
    "include:\n  - b:\n      defaults: {p: {{ grains.os }}}\n      key: x:y\n  - .c\n  - d*\nk: {{ grains.get('kind', 1) }}\n",
    "a: {b: [1, {c: 2}]}\nl: [1]\n{% if grains['os'] == 'Debian' %}\nm: &x {q: 1}\nn: {<<: *x}\n{% endif %}\n",
    "{% import_yaml 'map.yaml' as m %}\nm: {{ m[grains.os] }}\nid: {{ grains.id }}\n",
    "#!jinja|yaml|gpg\np: |\n  -----BEGIN PGP MESSAGE-----\n\n  x\n  -----END PGP MESSAGE-----\n",
    "p: brine-pillar1.abcdefgh.AAAA\nq: pg://x:brine-pillar1.a.b@h\n",
    "{% set g = grains %}{% for k in g %}{{ k }}: {{ g[k]|json }}\n{% endfor %}",
  ]
  let tokens = [
    "include:\n", "- b\n", "- .c\n", "- 'd*'\n", "{key: 'a:b'}", "{defaults: {p: 1}}", "'*'", "base:", "dev:",
    "__env__:",
    "match: grain", "order: 1", "ignore_missing: true", "{{ grains.os }}", "{{ grains['kind'] }}",
    "{{ grains.get('x') }}",
    "{{ grains }}", "{{ pillar }}", "{{ opts.id }}", "{% import 'map.yaml' as q %}", "{% include 'b.sls' %}", "'}}'",
    "\"%}\"", "{#", "#}", "{% raw %}", "{% endraw %}", "{{ {'a': {}} }}", "{{ 'grains' }}", ": ", "\n", "\n  ", "- ",
    "{", "}",
    "[", "]", "&a ", "*a", "<<: ", "~", "I@a:b", "G@os:Debian", " and ", "brine-pillar1.",
    "-----BEGIN PGP MESSAGE-----",
    "-----END PGP MESSAGE-----", "#!json\n", "#!yaml|gpg\n", "..", "\u{0}", "{{ loop }}", "{% set grains = 1 %}",
    "{% for grains in [1] %}", "{% endfor %}", "{{ x.grains.y }}", "grains", ".", "|", "'", "\\'",
  ]
  private let directory: String

  init(directory: String) throws {
    self.directory = directory
    let files = [
      "b.sls": "include: [a]\nb: {{ p|default('x') }}\nx: {y: [1]}\n", "c.sls": "c: {{ grains.os }}\nx: {y: [2]}\n",
      "d1.sls": "d: {{ grains.get('kind') }}\n", "d2.sls": "{% from 'map.yaml' import z %}\nid: {{ grains.id }}\n",
      "map.yaml": "Debian: {{ grains.kind }}\n{% set z = grains.os %}\n", "e.sls": "e: 1\n",
    ]
    try HostFiles().makeDirectory("\(directory)/base")
    for (name, text) in files { try HostFiles().write("\(directory)/base/\(name)", text: text) }
  }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    guard replace("a.sls", input), replace("top.sls", input) else { return .wrong("no room for the input") }
    let own = await outcome()
    // With a top file that is well, the SLS itself is reached.
    guard replace("top.sls", Array("base: {'*': [a, 'd*'], 'G@os:Debian': [b, c]}\n".utf8)) else {
      return .wrong("no room")
    }
    let second = await outcome()
    if case .wrong = own { return own }
    if case .refused = own, case .refused = second { return second }
    return second
  }

  private func outcome() async -> FuzzOutcome {
    var options: ValueMap = [
      "pillar_roots": ["base": [.string("\(directory)/base")], "dev": [.string("\(directory)/base")]]
    ]
    let share = PillarShare(options, environment: nil)
    var words = ""
    let grains: [ValueMap] = [
      ["id": "m1", "os": "Debian", "kind": "web"], ["id": "m2", "os": "Debian"],
      ["id": "m3", "os": "X", "kind": ["a"]],
    ]
    for grains in grains {
      options["id"] = grains["id"]
      let context = FunctionContext(
        commands: NoCommands(), files: HostFiles(root: "\(directory)/none"), grains: grains, options: options,
        templates: JinjaRenderer(timeLimit: .seconds(20), memoryLimit: 8 << 20))
      let alone = await PillarCompiler(context: context, secrets: .withheld).compile()
      let together = await PillarCompiler(context: context, secrets: .withheld, share: share).compile()
      let (first, other) = (alone.problems.map(\.summary), together.problems.map(\.summary))
      if first != other { return .wrong("shared: \(other) alone: \(first)") }
      if alone.problems.isEmpty, alone.pillar != together.pillar {
        return .wrong("shared: \(together.pillar) alone: \(alone.pillar)")
      }
      if alone.problems.contains(where: { $0.message.isEmpty || $0.summary.isEmpty }) {
        return .wrong("a problem without words")
      }
      words += first.joined()
    }
    return words.isEmpty ? .accepted : .refused(words)
  }

  private func replace(_ name: String, _ bytes: [UInt8]) -> Bool {
    let file = open("\(directory)/base/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    return bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count
  }
}
