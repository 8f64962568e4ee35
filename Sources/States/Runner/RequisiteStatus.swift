/// What its requisites say to a state (Salt's names are in brackets where they differ).
enum RequisiteStatus: Sendable, Hashable {
  /// It runs.
  case met
  /// It runs, and its watch function if it changes nothing itself.
  case change
  /// One has failed.
  case fail
  /// Nothing that it is a `prereq` for would change (`pre`).
  case noPrerequisiteChange
  /// None that it is an `onfail` for has failed (`onfail`).
  case noFailure
  /// None that it is an `onchanges` for has changed (`onchanges`).
  case noChange
  /// A state said that those that depend on it are to be skipped (`skip_req`).
  case skip
  /// The same for watch functions alone (`skip_watch`).
  case skipWatch

  /// Why the state did not run, in Salt's words.
  var comment: String {
    switch self {
    case .noPrerequisiteChange: "No changes detected"
    case .noFailure: "State was not run because onfail req did not change"
    case .noChange: "State was not run because none of the onchanges reqs changed"
    case .skip: "State was not run because requisites were skipped by another state"
    case .met, .change, .fail, .skipWatch: ""
    }
  }
}
