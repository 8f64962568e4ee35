import Functions

extension StateResult {
  /// Notes, in Salt's words, what became of the mount's fstab entry; nothing where it stood there already.
  mutating func note(_ outcome: FstabFile.Outcome) {
    switch outcome {
    case .present: break
    case .new:
      changes["persist"] = "new"
      comment += ". Added new entry to the fstab."
    case .change:
      changes["persist"] = "update"
      comment += ". Updated the entry in the fstab."
    }
  }
}
