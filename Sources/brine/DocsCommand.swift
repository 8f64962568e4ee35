import ArgumentParser
import CommandLine
import Functions
import Modules
import Targeting

struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "What functions there are, and what they do and return; needs no master.")
  @OptionGroup(visibility: .hidden) var connection: Connection
  @Argument(
    help: "Functions, modules or globs: pkg.install, pkg, 'service.re*'.",
    completion: .list(BuiltInFunctions.registry.names)) var names: [String] = []
  @Flag(help: "All of it as Markdown, for docs/functions.md.") var markdown = false

  func run() throws {
    let all = BuiltInFunctions.registry.signatures
    if markdown { return Terminal.write(FunctionReference.markdown(all)) }
    guard !names.isEmpty else { return Terminal.write(FunctionReference.index(all)) }
    for name in names {
      let glob = Glob(name)
      let found = all.filter { glob.matches($0.name) || $0.module == name }
      guard !found.isEmpty else {
        let near = NearestName.candidates(for: name, among: all.map(\.name))
        Terminal.error("brine: there is no function '\(name)'" + (near.first.map { "; did you mean \($0)?" } ?? ""))
        throw ExitCode(2)
      }
      Terminal.write(found.map(FunctionReference.text).joined(separator: "\n"))
    }
  }
}
