import Value

/// What is missing: enough to say so when it is used.
public struct Undefined {
  /// The name, attribute or item that was asked for.
  public var name: String
  /// What was asked for it, as Jinja says it: `'dict object' has no attribute 'foo'`; nil for a plain name.
  public var owner: String?
  /// The names there are. Only asked when the error is made: templates test for missing things all the time.
  public var candidates: (() -> [String])?
  /// Whether it prints as nothing and is false instead of being an error: an inline `if` without `else`, and everything
  /// missing where Salt's `allow_undefined` is set.
  public var isLenient = false
  private var given: [String] = []

  public init(name: String, owner: String? = nil, near: [String] = []) {
    self.name = name
    self.owner = owner
    given = near
  }

  public init(name: String, owner: String? = nil, candidates: @escaping () -> [String]) {
    self.name = name
    self.owner = owner
    self.candidates = candidates
  }

  /// Names near it, the best first.
  public var near: [String] {
    guard given.isEmpty, let candidates else { return given }
    return NearestName.candidates(for: name, among: candidates())
  }

  /// What a use of it says.
  public var message: String { owner ?? "'\(name)' is undefined" }

  /// The error of using it.
  public var failure: TemplateFailure {
    let near = near
    let hint = near.isEmpty ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    return TemplateFailure(.undefined, message, hint: hint)
  }
}
