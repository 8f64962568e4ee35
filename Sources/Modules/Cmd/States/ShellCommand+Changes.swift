import Functions
import OrderedCollections
import Value

extension ShellCommand.Output {
  /// Salt's map; a command that was ended by its time-out has the exit code 1 there.
  func changes(of line: String) -> ValueMap {
    var output = self
    if exitCode == 124, standardOutput.contains("\(line) : Timed out after ") { output.exitCode = 1 }
    return output.value.mapValue ?? [:]
  }
}
