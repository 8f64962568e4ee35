import ArgumentParser
import Operator

/// How results are shown.
struct OutputOptions: ParsableArguments {
  @Option(help: "\(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))") var out = OutputFormat.folded
  @Flag(
    inversion: .prefixedNo,
    help: "States: also those that are well and changed nothing (default: only with --out highstate).")
  var stateVerbose: Bool?
  @Option(help: "States: \(StateOutputStyle.Detail.allCases.map(\.rawValue).joined(separator: ", "))")
  var stateOutput = StateOutputStyle.Detail.full

  var states: StateOutputStyle {
    StateOutputStyle(detail: stateOutput, isVerbose: stateVerbose ?? (out == .highstate))
  }
}

extension OutputFormat: ExpressibleByArgument {}
extension StateOutputStyle.Detail: ExpressibleByArgument {}
