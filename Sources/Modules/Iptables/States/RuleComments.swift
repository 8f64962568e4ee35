/// What Salt says of a rule.
struct RuleComments: Sendable {
  let function: String
  let name: String
  let family: String
  let line: String

  var already: String {
    switch function {
    case "append": "iptables rule for \(name) already set (\(line)) for \(family)"
    case "insert": "iptables rule for \(name) already set for \(family) (\(line))"
    default: "iptables rule for \(name) already absent for \(family) (\(line))"
    }
  }

  var forecast: String {
    switch function {
    case "append": "iptables rule for \(name) needs to be set (\(line)) for \(family)"
    case "insert": "iptables rule for \(name) needs to be set for \(family) (\(line))"
    default: "iptables rule for \(name) needs to be deleted for \(family) (\(line))"
    }
  }

  var done: String {
    function == "delete"
      ? "Delete iptables rule for \(name) \(line)"
      : "Set iptables rule for \(name) to: \(line) for \(family)"
  }

  var saved: String {
    function == "delete"
      ? "Deleted and saved iptables rule \(name) for \(family)"
      : "Set and saved iptables rule \(name) for \(family)"
  }

  var failure: String {
    switch function {
    case "append":
      "Failed to set iptables rule for \(name).\nAttempted rule was \(line) for \(family)"
    case "insert": "Failed to set iptables rule for \(name).\nAttempted rule was \(line)"
    default: "Failed to delete iptables rule for \(name).\nAttempted rule was \(line)"
    }
  }
}
