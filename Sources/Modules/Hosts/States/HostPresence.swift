import Functions
import OrderedCollections
import Value

/// One going-through of `host.present`.
struct HostPresence {
  private let name: String
  private let addresses: [String]
  private let note: String
  private let isCleaning: Bool
  private let isTest: Bool
  private let table: HostsTable
  private var hosts: HostsFile
  private var comments: [String] = []
  private var state = StateResult(true, "")

  init(_ arguments: Arguments, _ context: StateContext) throws {
    name = try HostsTable.word(arguments.string("name"), "name")
    addresses = arguments.strings("ip")
    note = arguments.string("comment")
    isCleaning = arguments.bool("clean")
    isTest = context.isTest
    table = HostsTable(context.functions)
    hosts = try table.read()
    guard !note.contains(where: \.isNewline) else {
      throw FunctionError(.badArguments, "'comment' has to be one line.")
    }
  }

  func result() throws -> StateResult {
    var run = self
    try run.go()
    return run.state
  }

  private mutating func go() throws {
    let before = hosts
    var added: [String] = []
    for address in addresses {
      let isThere = before.names(of: address)?.contains(name) == true
      if isThere, note.isEmpty || before.comment(of: address) == note {
        comments.append("Host \(name) (\(address)) already present")
      } else if isThere || HostsTable.isAddress(address) {
        if !isThere { added.append(address) }
      } else {
        state.result = false
        comments.append("Invalid IP Address for \(name) (\(address))")
      }
    }
    for address in added { add(address) }
    for address in addresses where !note.isEmpty && before.comment(of: address) != note {
      if added.contains(address) || before.names(of: address)?.contains(name) == true { setNote(address) }
    }
    for address in before.addresses where !addresses.contains(address) {
      if before.names(of: address)?.contains(name) == true { clean(address) }
    }
    state.comment = comments.joined(separator: "\n")
    if !isTest, hosts != before { try table.write(hosts) }
  }

  private mutating func add(_ address: String) {
    if isTest { state.result = state.result == false ? false : nil } else { hosts.add(name, to: address) }
    comments.append(isTest ? "Host \(name) (\(address)) would be added" : "Added host \(name) (\(address))")
    note(name, of: address, under: "added")
  }

  private mutating func setNote(_ address: String) {
    if !isTest { hosts.setComment(note, of: address) }
    comments.append(
      isTest ? "Comment for \(address) (\(note)) would be added" : "Set comment for host \(address) (\(note))")
    note(note, of: address, under: "comment_added")
  }

  private mutating func clean(_ address: String) {
    guard isCleaning else {
      state.warnings.append(
        "Host \(name) present for IP address \(address). To get rid of this warning, either run this state with 'clean' "
          + "set to True to remove \(name) from \(address), or add \(address) to the 'ip' argument.")
      return
    }
    if isTest { state.result = state.result == false ? false : nil } else { hosts.remove(name, from: address) }
    comments.append(isTest ? "Host \(name) (\(address)) would be removed" : "Removed host \(name) (\(address))")
    note(name, of: address, under: "removed")
  }

  private mutating func note(_ text: String, of address: String, under key: String) {
    var entries = state.changes[key]?.mapValue ?? [:]
    entries[address] = .list((entries[address]?.listValue ?? []) + [.string(text)])
    state.changes[key] = .map(entries)
  }
}
