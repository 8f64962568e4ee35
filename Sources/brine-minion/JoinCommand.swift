import CommandLine
import HostSystem
import Identity
import Minion
import Value
import Wire
import ZeroMQ

struct JoinCommand {
  static let specification = CommandSpecification(
    "join", "Enrols this host with a master.",
    discussion: """
      The invitation comes from `brine keys invite` on the master: it carries the master's key, which this host pins, \
      and lets the host in at once. Without one, give the master's key (`brine keys master`) and have the host's key \
      accepted there (`brine keys accept ID`).
      """,
    options: [
      ConfigurationOptions.option,
      .value("--id", "id", "What the host is to be called (default: its full name)."),
      .value("--master-key", "master-key", "The master's public key, without an invitation."),
    ],
    operands: [
      OperandSpecification("master", .one, "The master: tcp://HOST:4511, or HOST."),
      OperandSpecification("invitation", .optional, "The word that `brine keys invite` printed."),
    ])

  let options: ConfigurationOptions
  let master: String
  let invitation: String?
  let id: String?
  let masterKey: String?

  init(_ arguments: ParsedArguments) {
    options = ConfigurationOptions(arguments)
    master = arguments.operand("master") ?? ""
    invitation = arguments.operand("invitation")
    id = arguments.value("--id")
    masterKey = arguments.value("--master-key")
  }

  private func usageError(_ message: String) -> UsageError {
    BrineMinion.program.usageError(message, command: Self.specification.name)
  }

  func run() async throws {
    let configuration = try options.load()
    let (host, port) = try address(default: configuration.enrolPort)
    let (key, secret) = try credentials()
    guard let id = MinionID(id ?? configuration.id) else {
      throw usageError("the id '\(id ?? configuration.id)' may not be: \(MinionID.rule)")
    }
    let joining = Joining(
      configuration: configuration, host: host, port: port, masterKey: key, secret: secret, id: id)
    do {
      let reply = try await joining.run()
      Terminal.print("\(id): \(reply.message).")
      if reply.verdict == .pending { Terminal.print("`brine-minion run` may be started now; it joins once accepted.") }
    } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitStatus(error is JoinError ? 1 : 2)
    }
  }

  private func address(default port: Int) throws -> (String, Int) {
    var text = master.hasPrefix("tcp://") ? String(master.dropFirst(6)) : master
    var number = port
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      let host = String(text[text.index(after: text.startIndex)..<end])
      if rest.hasPrefix(":"), let given = Int(rest.dropFirst()) { number = given }
      return (host, number)
    }
    if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
      guard let given = Int(text[text.index(after: colon)...]), (1...65_535).contains(given) else {
        throw usageError("'\(master)' is no address: it is tcp://HOST:PORT")
      }
      number = given
      text = String(text[..<colon])
    }
    guard !text.isEmpty, !text.contains("/"), !text.contains(" ") else {
      throw usageError("'\(master)' is no address: it is tcp://HOST:PORT")
    }
    return (text, number)
  }

  private func credentials() throws -> (CurveKey, Secret?) {
    if let invitation {
      guard let word = Invitation(invitation) else {
        Terminal.error(
          "brine-minion: that is no invitation, or a character of it was lost: paste the whole word that `brine keys invite` printed"
        )
        throw ExitStatus(2)
      }
      return (word.masterKey, word.secret)
    }
    guard let masterKey else {
      throw usageError("give the invitation, or --master-key with what `brine keys master` prints")
    }
    guard let key = CurveKey(masterKey) else { throw usageError("'\(masterKey)' is no public key") }
    return (key, nil)
  }
}
