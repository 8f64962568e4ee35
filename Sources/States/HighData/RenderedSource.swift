/// The text of an SLS as YAML read it, and how the run came to it, for messages.
public struct RenderedSource: Sendable, Hashable {
  /// Path below the roots (`web/init.sls`).
  public var file: String
  public var sls: String
  public var environment: String
  public var text: String
  /// The template's engine wrote other lines than the file has, so a line number is one of the rendered text.
  public var isRendered: Bool
  /// The include that asked for it first; nil for what the run or the top file named.
  public var includedFrom: SourcePlace?

  public init(
    file: String, sls: String, environment: String, text: String, isRendered: Bool = false,
    includedFrom: SourcePlace? = nil
  ) {
    self.file = file
    self.sls = sls
    self.environment = environment
    self.text = text
    self.isRendered = isRendered
    self.includedFrom = includedFrom
  }

  /// `file:line:column`, the line with a caret below it, and the text around it when only rendering shows it.
  func excerpt(_ place: SourcePlace) -> String {
    let around = isRendered ? 3 : 0
    guard place.line >= 1, place.line <= text.utf8.count + 1 else { return file }
    // Bytes, and no further than needed: a file may have thousands of problems.
    let lines = text.utf8.split(
      separator: UInt8(ascii: "\n"), maxSplits: place.line + around, omittingEmptySubsequences: false
    ).map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    guard lines.indices.contains(place.line - 1) else { return file }
    let number = isRendered ? "\(place.line) of the rendered text" : "\(place.line)"
    var result = "\(file):\(number)" + (place.column > 0 && !isRendered ? ":\(place.column)" : "")
    for index in max(0, place.line - 1 - around)...min(lines.count - 1, place.line - 1 + around) {
      result += "\n  \(lines[index].prefix(200))"
      guard index == place.line - 1, place.column > 0 else { continue }
      let lead = lines[index].unicodeScalars.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      result += "\n  \(lead)^"
    }
    return result
  }
}
