import ArgumentParser
import CommandLine
import Operator
import Sealing
import Value
import Wire

struct SealCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Seals a secret to the master's key, for a pillar file.",
    discussion: """
      The secret is asked for, or read from standard input; never given as an argument. What is printed is one word, \
      which stands in a pillar file in place of the secret and may be kept in git. A single line loses its newline; a \
      text of several lines is kept as it is.

      Example: brine seal --for 'db*' < tls.key
      """)

  @OptionGroup var connection: Connection
  @Option(name: .customLong("for"), help: "A glob on ids: no other host is given the secret, wherever the word stands.")
  var audience: String?
  @Option(help: "What `brine pillar key` printed; without it the master is asked.") var key: String?
  @Flag(help: "Reads a sealed word, and has the master seal it again to its newest key.") var again = false

  func run() async throws {
    if again { return try await sealAgain() }
    let word = try await word()
    let secret = try Self.secret()
    do {
      Terminal.print(try SealedPillarValue.seal(secret, for: audience, to: word).text)
    } catch {
      Terminal.error("brine: \(error)")
      throw ExitCode(2)
    }
  }

  private func word() async throws -> PillarSealWord {
    let text: String
    if let key {
      text = key
    } else {
      text = try await connection.withClient { try await $0.value(.pillarKey)["key"]?.description ?? "" }
    }
    guard let word = PillarSealWord(text) else { throw ValidationError("'\(text)' is no public key of a master") }
    return word
  }

  private func sealAgain() async throws {
    guard audience == nil, key == nil else {
      throw ValidationError("--again changes neither whom it is for nor takes a key")
    }
    guard let line = Terminal.readLine() else { throw ValidationError("there is nothing on standard input") }
    let answer = try await connection.withClient { try await $0.value(.resealPillar(line)) }
    Terminal.print(answer["text"]?.description ?? "")
  }

  private static func secret() throws -> Secret {
    var bytes: [UInt8]
    if Terminal.isInputTerminal {
      bytes = try Terminal.readSecret("Secret: ")
      let second = try Terminal.readSecret("Again: ")
      guard bytes == second else { throw ValidationError("the two are not the same; nothing was sealed") }
    } else {
      guard let read = Terminal.readAll(limit: SealedPillarValue.maximumSecret) else {
        throw ValidationError("a secret has at most \(SealedPillarValue.maximumSecret) bytes")
      }
      bytes = read
      if bytes.last == 0x0A, bytes.dropLast().firstIndex(of: 0x0A) == nil { bytes.removeLast() }
    }
    guard !bytes.isEmpty else { throw ValidationError("the secret is empty; nothing was sealed") }
    return Secret(bytes)
  }
}
