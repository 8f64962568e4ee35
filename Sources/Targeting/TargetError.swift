/// Why a target, a host set or a batch size cannot be used: what is wrong, in which text, and where in it.
public struct TargetError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// Nothing is written where a target should be.
    case empty
    /// The text, a pattern or an expansion is larger than is allowed.
    case tooLarge = "too-large"
    /// Operators, terms and parentheses do not fit together.
    case syntax
    /// A regular expression that cannot be compiled, or a pattern without its key.
    case badPattern = "bad-pattern"
    /// Not an address or a network.
    case badSubnet = "bad-subnet"
    /// Not a list of host names or a folded host set.
    case badHosts = "bad-hosts"
    case unknownNodegroup = "unknown-nodegroup"
    /// A nodegroup that contains itself.
    case nodegroupCycle = "nodegroup-cycle"
    /// A nodegroup whose definition is neither text nor a list of texts.
    case badNodegroup = "bad-nodegroup"
    /// A kind of target that Salt knows and Brine does not.
    case unsupported
    /// Matching took more steps than is allowed: nothing is known about the host it was tried on.
    case matchLimit = "match-limit"
    case badBatchSize = "bad-batch-size"
  }

  public var code: Code
  /// One sentence: what is wrong, with the cure when that is known.
  public var message: String
  /// The text the fault is in: the expression, or the definition of the nodegroup it came from.
  public var text: String
  /// Where in `text` the fault is, counted in Unicode scalars from 1.
  public var column: Int

  public init(_ code: Code, _ message: String, text: String, column: Int) {
    self.code = code
    self.message = message
    self.text = text
    self.column = column
  }

  init(_ code: Code, _ message: String, at position: SourcePosition) {
    self.init(code, message, text: position.text, column: position.column)
  }

  /// The message, and below it the text with a caret under the fault.
  public var description: String {
    guard !text.isEmpty else { return message }
    let width = 100
    let scalars = Array(text.unicodeScalars)
    let fault = min(max(column - 1, 0), scalars.count)
    let start = fault < width - 10 ? 0 : fault - width / 2
    let end = min(scalars.count, start + width)
    var line = start > 0 ? "…" : ""
    for scalar in scalars[start..<end] { line.unicodeScalars.append(Self.printable(scalar)) }
    if end < scalars.count { line += "…" }
    let indent = String(repeating: " ", count: fault - start + (start > 0 ? 1 : 0))
    return "\(message)\n  \(line)\n  \(indent)^"
  }

  /// Keeps the line one line, and a terminal's escape sequences out of it.
  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar.value < 0x20 ? " " : "?"
    default: scalar
    }
  }
}
