import Value

/// What fetching the repositories' lists gave.
struct RepositoryRefresh: Sendable, Hashable {
  /// Salt's shape: for apt `{repository: true new, null unchanged, false failed}`, for dnf one of the three.
  var value: Value
  /// Repositories that could not be fetched; the lists of before are still in use for these.
  var failed: [String] = []
}
