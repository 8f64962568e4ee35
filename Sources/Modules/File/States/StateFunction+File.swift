import Functions
import HostSystem
import Targeting
import Value

extension StateFunction {
  /// A state of files: refusals of all kinds become a result that is false, with the sentence as its comment.
  static func file(
    _ name: String, _ summary: String, details: String = "", parameters: [Parameter], body: @escaping Body
  ) -> StateFunction {
    StateFunction(name, summary, details: details, parameters: parameters) { arguments, context in
      do {
        return try await body(arguments, context)
      } catch let refusal as StateRefusal {
        return StateResult(false, refusal.comment, changes: refusal.changes)
      } catch let error as FunctionError {
        return StateResult(false, error.description)
      } catch let error as HostError {
        return StateResult(false, error.message)
      } catch let error as RegularExpressionError {
        return StateResult(false, error.description)
      } catch let error as ShellWordsError {
        return StateResult(false, error.description)
      }
    }
  }
}
