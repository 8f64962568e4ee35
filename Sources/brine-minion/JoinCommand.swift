import ArgumentParser
import CommandLine
import HostSystem
import Identity
import Minion
import Value
import Wire
import ZeroMQ

struct JoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Enrols this host with a master.",
    discussion: """
      The invitation comes from `brine keys invite` on the master: it carries the master's key, which this host pins, \
      and lets the host in at once. Without one, give the master's key (`brine keys master`) and have the host's key \
      accepted there (`brine keys accept ID`).
      """)

  @OptionGroup var options: ConfigurationOptions
  @Argument(help: "The master: tcp://HOST:4511, or HOST.") var master: String
  @Argument(help: "The word that `brine keys invite` printed.") var invitation: String?
  @Option(help: "What the host is to be called (default: its full name).") var id: String?
  @Option(help: "The master's public key, without an invitation.") var masterKey: String?

  func run() async throws {
    let configuration = try options.load()
    let (host, port) = try address(default: configuration.enrolPort)
    let (key, secret) = try credentials()
    guard let id = MinionID(id ?? configuration.id) else {
      throw ValidationError("the id '\(id ?? configuration.id)' may not be: \(MinionID.rule)")
    }
    let joining = Joining(
      configuration: configuration, host: host, port: port, masterKey: key, secret: secret, id: id)
    do {
      let reply = try await joining.run()
      Terminal.print("\(id): \(reply.message).")
      if reply.verdict == .pending { Terminal.print("`brine-minion run` may be started now; it joins once accepted.") }
    } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitCode(error is JoinError ? 1 : 2)
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
        throw ValidationError("'\(master)' is no address: it is tcp://HOST:PORT")
      }
      number = given
      text = String(text[..<colon])
    }
    guard !text.isEmpty, !text.contains("/"), !text.contains(" ") else {
      throw ValidationError("'\(master)' is no address: it is tcp://HOST:PORT")
    }
    return (text, number)
  }

  private func credentials() throws -> (CurveKey, Secret?) {
    if let invitation {
      guard let word = Invitation(invitation) else {
        Terminal.error(
          "brine-minion: that is no invitation, or a character of it was lost: paste the whole word that `brine keys invite` printed"
        )
        throw ExitCode(2)
      }
      return (word.masterKey, word.secret)
    }
    guard let masterKey else {
      throw ValidationError("give the invitation, or --master-key with what `brine keys master` prints")
    }
    guard let key = CurveKey(masterKey) else { throw ValidationError("'\(masterKey)' is no public key") }
    return (key, nil)
  }
}
