public import Functions
import OrderedCollections
import Value

/// States `pkgrepo.*`: the repositories that packages come from, on apt and on dnf.
public enum PkgRepoStates {
  public static let all: [StateFunction] = [managed, absent]

  static func reason(_ error: any Error) -> String {
    // A refusal is a sentence of its own; what to do about it goes on the next line.
    (error as? FunctionError)?.description ?? String(describing: error)
  }

  static let caution =
    "This may cause pkg states to behave differently than stated if this action is repeated without test=True, due to "
    + "the differences in the configured repositories."
}
