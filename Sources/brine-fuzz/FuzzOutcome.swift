/// What came of an input.
enum FuzzOutcome {
  case accepted
  /// With what it said: inputs that it says something new about are worth mutating again.
  case refused(String)
  /// A promise was broken.
  case wrong(String)
}
