import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Rules and comments are those of Salt 3008, compared with iptables 1.8.9 in a network namespace.
@Suite struct IptablesTests {
  static let rules: [(ValueMap, String)] = [
    (["proto": "tcp", "dport": 22, "jump": "ACCEPT"], "-p tcp --dport 22 --jump ACCEPT"),
    (["if": "lo", "of": "!eth0", "target": "DROP"], "-i lo ! -o eth0 --jump DROP"),
    (
      ["protocol": "!tcp", "source": "not 10.0.0.0/8", "jump": "X"], "! -p tcp ! --source 10.0.0.0/8 --jump X"
    ),
    (
      ["connstate": "NEW", "dport": "!22", "proto": "tcp", "match": "state"],
      "-p tcp -m state --state NEW ! --dport 22"
    ),
    (
      ["proto": "tcp", "dports": [80, "!443"], "jump": "LOG", "log-prefix": "web hit: ", "log-level": 4],
      "-p tcp -m multiport ! --dports 80,443 --jump LOG --log-level 4 --log-prefix \"web hit: \""
    ),
    (["match-set": ["a src", "!b dst"]], "-m set --match-set a src -m set ! --match-set b dst"),
    (
      ["match": ["comment", "limit"], "limit": "5/min", "comment": "-j x"],
      "-m comment -m limit --comment \"-j x\" --limit 5/min"
    ),
    (["name": "n", "chain": "INPUT", "table": "nat", "save": true, "s": "10.1.0.0/16"], "-s 10.1.0.0/16"),
    (
      ["jump": "REJECT", "reject-with": "icmp-port-unreachable", "f": .null],
      "-f --jump REJECT --reject-with icmp-port-unreachable"
    ),
    (["proto": "tcp", "tcp-flags": "SYN,RST SYN"], "-p tcp --tcp-flags SYN,RST SYN"),
  ]

  @Test(arguments: rules) func rulesAreSalts(_ options: ValueMap, _ text: String) throws {
    #expect(try IptablesRule(options).text == text)
  }

  @Test func valuesCannotBecomeOptions() throws {
    #expect(try IptablesRule(["comment": "-j DROP; $(x)"]).words == ["-m", "comment", "--comment", "-j DROP; $(x)"])
    let refused: [ValueMap] = [
      ["dport": "22 -j ACCEPT"], ["source": "-j"], ["dports": 5], ["a b": 1], ["a=b": 1], ["comment": "a\nb"],
      ["source": "\"open"],
    ]
    for options in refused {
      #expect(throws: FunctionError.self, "\(options)") { try IptablesRule(options) }
    }
    #expect(throws: FunctionError.self) { try IptablesTool.check(table: "filter; x") }
    #expect(throws: FunctionError.self) { try IptablesTool.check(table: "filter", chain: "-F") }
  }

  private func run(
    _ state: String, _ words: ValueMap, has: Bool = false, exit: Int32 = 0, isTest: Bool = false
  ) async throws -> (result: StateResult, runs: [[String]]) {
    let commands = ScriptedCommands { command in
      if command.arguments.contains("-C") { return CommandResult(exit: has ? 0 : 1, "") }
      if command.arguments[0].hasSuffix("-save") {
        return CommandResult(exit: 0, "*filter\n:INPUT ACCEPT [1:2]\n:OLD - [0:0]\n-A INPUT -p tcp -j DROP\nCOMMIT\n")
      }
      return CommandResult(exit: exit, "", error: exit == 0 ? "" : "iptables: no\n")
    }
    let host = try CmdTestHost()
    var context = host.context(commands)
    context.isTest = isTest
    let function = try #require(StateRegistry(IptablesStates.all)["iptables.\(state)"])
    var named = words
    if named["name"] == nil { named["name"] = "r" }
    let arguments = try Arguments(binding: CallArguments(named: named), to: function.signature)
    let result = try await function.body(arguments, StateContext(functions: context))
    return (result, commands.runs.filter { !$0.contains("-C") && !$0[0].hasSuffix("-save") })
  }

  private static let ssh: ValueMap = ["chain": "INPUT", "proto": "tcp", "dport": 22, "jump": "ACCEPT"]
  private static let line = "/usr/bin/iptables --wait -t filter -A INPUT  -p tcp --dport 22 --jump ACCEPT"

  @Test func aRuleIsPutOnce() async throws {
    let first = try await run("append", Self.ssh)
    #expect(first.result.comment == "Set iptables rule for r to: \(Self.line) for ipv4")
    #expect(first.result.changes == ["locale": "r"])
    #expect(
      first.runs == [
        [
          "/usr/bin/iptables", "--wait", "-t", "filter", "-A", "INPUT", "-p", "tcp", "--dport", "22", "--jump",
          "ACCEPT",
        ]
      ])
    let second = try await run("append", Self.ssh, has: true)
    #expect(second.result.comment == "iptables rule for r already set (\(Self.line)) for ipv4")
    #expect(second.result.changes.isEmpty)
    #expect(second.runs.isEmpty)
    let forecast = try await run("append", Self.ssh, isTest: true)
    #expect(forecast.result == StateResult(nil, "iptables rule for r needs to be set (\(Self.line)) for ipv4"))
    #expect(forecast.runs.isEmpty)
    let failed = try await run("append", Self.ssh, exit: 1)
    #expect(failed.result.result == false)
    #expect(failed.result.comment.hasSuffix("Attempted rule was \(Self.line) for ipv4\niptables: no"))
  }

  @Test func placesCountFromTheEnd() async throws {
    var words = Self.ssh
    words["position"] = -1
    #expect(try await run("insert", words).runs[0][5...6] == ["INPUT", "1"])
    words["position"] = .null
    #expect(try await run("insert", words).result.result == false)
  }

  @Test func deletedRulesAreAbsent() async throws {
    #expect(try await run("delete", Self.ssh).result.comment.hasPrefix("iptables rule for r already absent for ipv4"))
    #expect(try await run("delete", Self.ssh, has: true).result.changes == ["locale": "r"])
  }

  @Test func chainsAndPolicies() async throws {
    #expect(
      try await run("chain_present", ["name": "OLD"]).result
        == StateResult(true, "iptables OLD chain is already exist in filter table for ipv4"))
    #expect(try await run("chain_present", ["name": "NEW"]).runs[0].suffix(2) == ["-N", "NEW"])
    #expect(
      try await run("chain_absent", ["name": "OLD"]).runs.map { $0.suffix(2) } == [["-F", "OLD"], ["-X", "OLD"]])
    #expect(
      try await run("set_policy", ["chain": "INPUT", "policy": "ACCEPT"]).result.comment
        == "iptables default policy for chain INPUT on table filter for ipv4 already set to ACCEPT")
    #expect(
      try await run("set_policy", ["chain": "INPUT", "policy": "DROP"]).runs[0].suffix(3) == ["-P", "INPUT", "DROP"])
    #expect(try await run("flush", [:]).result.changes == ["locale": "r"])
  }

  @Test func severalRulesAreOneState() async throws {
    let rules: Value = [
      ["name": "a", "chain": "INPUT", "jump": "DROP"], ["name": "b", "chain": "INPUT", "jump": "LOG"],
    ]
    let outcome = try await run("append", ["rules": rules])
    #expect(outcome.result.changes == ["locale": ["a", "b"]])
    #expect(outcome.runs.count == 2)
  }

  @Test func savedRulesAreRead() {
    let tables = SavedRules.parse(
      """
      # x
      *filter
      :INPUT DROP [12:34]
      -A INPUT ! -s 10.0.0.0/8 -p tcp -m comment --comment "-a b" -m tcp --tcp-flags SYN,RST SYN -j ACCEPT
      -A GONE -j X
      broken "line
      COMMIT
      """)
    let rule: Value = [
      "source": ["! 10.0.0.0/8"], "protocol": ["tcp"], "match": ["comment", "tcp"], "comment": ["-a b"],
      "tcp-flags": ["SYN,RST SYN"], "jump": ["ACCEPT"],
    ]
    #expect(
      tables == [
        "filter": [
          "INPUT": [
            "policy": "DROP", "packet count": "12", "byte count": "34", "rules": [rule],
            "rules_comment": ["-a b": rule],
          ]
        ]
      ])
  }
}
