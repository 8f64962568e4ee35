/// Exit codes of a state run, as Salt's `retcode`.
public enum StateExit {
  /// It could not be compiled, or another run was in the way: nothing was done.
  public static let notCompiled: Int32 = 1
  /// The pillar has errors (Salt's code for it): nothing was done.
  public static let pillarFailed: Int32 = 5
  /// A state failed.
  public static let failed: Int32 = 2
}
