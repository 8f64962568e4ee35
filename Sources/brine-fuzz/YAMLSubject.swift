import Value

/// What is read is written and read back the same.
struct YAMLSubject: FuzzSubject {
  let seeds = [
    """
    base: &base {a: 1, b: [x, 'y', "z\\t"]}
    top:
      <<: *base
      c: |
        text
         more
      d: >-
        folded
      ? key
      : - 1
        - !!int 12
      e: 12:30 # comment
    """,
    "web:\n  pkg.installed:\n    - pkgs: [nginx, 'libssl3']\n    - require:\n      - file: /etc/x\n",
    "a: 0644\nb: 0o17\nc: 2024-01-01\nd: ~\ne: yes\nf: 1_000\ng: .inf\nh: !!binary aGVsbG8=\ni: !!set {a, b}\n",
    "a: &a [1]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "%YAML 1.1\n---\n- \"\\x41\\u00e9\\U0001F600\"\n- 'it''s'\n...\n",
  ]
  let tokens = [
    "{", "}", "[", "]", ",", ":", ": ", "- ", "? ", "&a ", "*a", "<<: *a", "<<: [*a, *a]", "!!int ", "!!str ",
    "!!binary ",
    "!!omap ", "!!set ", "!!timestamp ", "!!merge ", "!!python/object:x ", "!a!b ", "!<tag:x> ", "|\n", "|2-\n", ">+\n",
    "'", "\"", "\\x", "\\", "#", " #", "---\n", "...\n", "%YAML 1.1\n", "\n", "\n  ", "\t", " ", "~", "null", "yes",
    "0644",
    "1:30:00", "2024-01-01T00:00:00Z", ".inf", ".nan", "0b11", "=", "@", "`", "\u{85}", "\u{2028}", "\u{feff}", "é",
    "😀",
    "\u{0}", "\u{7}", "\r\n", "- - - - ", "[[[[", "{a: {a: ",
  ]

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    do {
      let text = String(decoding: input, as: UTF8.self)
      let value = try YAMLParser.value(of: text, limits: .fuzz)
      let written = YAMLWriter.write(value)
      guard let again = try? YAMLParser.value(of: written) else { return .wrong("its own YAML is refused: \(written)") }
      return YAMLWriter.write(again) == written ? .accepted : .wrong("read back differently: \(written)")
    } catch {
      return error.line < 1 || error.column < 1 ? .wrong("no place: \(error)") : .refused(error.message)
    }
  }
}
