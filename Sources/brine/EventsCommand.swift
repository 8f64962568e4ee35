import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Shows what happens, as it happens.",
    discussion: "Tags look like job/ID/new, job/ID/end/MINION, minion/ID/joined, key/pending/ID.")
  @OptionGroup var connection: Connection
  @Argument(help: "Only tags like these globs ('job/*', 'key/*').") var globs: [String] = []
  @Option(help: "text, jsonl") var out = "text"

  func run() async throws {
    guard ["text", "json", "jsonl"].contains(out) else { throw ValidationError("--out is text or jsonl") }
    try await connection.withClient { client in
      for try await reply in client.stream(.events(globs: globs)) {
        guard case .part(let event) = reply else { continue }
        if out == "text" {
          let line = "\(event["time"] ?? .null) \(event["tag"] ?? .null) \(JSONWriter.compact(event["data"] ?? .null))"
          Terminal.print(TerminalText.line(line))
        } else {
          Terminal.print(JSONWriter.compact(event))
        }
      }
    }
  }
}
