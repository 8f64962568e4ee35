import ArgumentParser
import CommandLine
import Functions
import Modules
import Targeting
import Value

struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "What functions and states there are, and what they do and return; needs no master.")
  @OptionGroup(visibility: .hidden) var connection: Connection
  @Argument(
    help: "Functions, modules or globs: pkg.install, pkg, 'service.re*'.",
    completion: .list(BuiltInFunctions.registry.names)) var names: [String] = []
  @Flag(help: "All functions as Markdown, for docs/functions.md.") var markdown = false
  @Flag(help: "All states as Markdown, for docs/state-modules.md.") var markdownStates = false

  func run() throws {
    let all = BuiltInFunctions.registry.signatures
    let states = BuiltInStates.registry.signatures
    if markdown { return Terminal.write(FunctionReference.markdown(all)) }
    if markdownStates { return Terminal.write(FunctionReference.markdown(states: states)) }
    guard !names.isEmpty else { return Terminal.write(FunctionReference.index(all)) }
    for name in names {
      let glob = Glob(name)
      let found = all.filter { glob.matches($0.name) || $0.module == name }
      let foundStates = states.filter { glob.matches($0.name) || $0.module == name }
      guard !found.isEmpty || !foundStates.isEmpty else {
        let near = NearestName.candidates(for: name, among: (all + states).map(\.name))
        Terminal.error("brine: there is no function '\(name)'" + (near.first.map { "; did you mean \($0)?" } ?? ""))
        throw ExitCode(2)
      }
      let texts =
        found.map { FunctionReference.text($0) } + foundStates.map { FunctionReference.text($0, isState: true) }
      Terminal.write(texts.joined(separator: "\n"))
    }
  }
}
