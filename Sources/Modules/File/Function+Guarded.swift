import Functions
import HostSystem
import Value

extension Function {
  /// A function whose refusals by the operating system become `FunctionError`, and whose planned change under
  /// `test=True` becomes `{result: None, comment: …}`.
  static func guarded(
    _ name: String, _ summary: String, details: String = "", effect: FunctionEffect, parameters: [Parameter] = [],
    body: @escaping Body
  ) -> Function {
    Function(name, summary, details: details, effect: effect, parameters: parameters) { arguments, context in
      do {
        return try await body(arguments, context)
      } catch let error as HostError {
        throw FunctionError(error, in: name)
      } catch let plan as PlannedChange {
        return ["result": .null, "comment": .string("\(name) would \(plan.comment).")]
      }
    }
  }
}

extension FunctionError {
  fileprivate init(_ error: HostError, in name: String) {
    let hint: String? =
      switch error.code {
      case .permissionDenied: "Run the minion as root, or look whether the file system is mounted read-only."
      case .noSpace: "Free some space, or inodes (`disk.usage`, `disk.inodeusage`)."
      case .tooLarge: "Read a part of it with file.seek_read, or look for text with file.grep."
      default: nil
      }
    self.init(error.code == .notFound ? .notFound : .failed, "\(name): \(error.message)", hint: hint)
  }
}
