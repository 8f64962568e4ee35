import Functions
import HostSystem
import OrderedCollections
import Value

/// An ini file of the host.
struct IniFile {
  private static let sizeLimit = 4 << 20

  var content: IniSection
  private let path: String
  private let isSpaced: Bool
  private let original: String?
  private let files: HostFiles

  /// - Parameter separator: what stands between an option's name and its value.
  init(
    _ path: String, separator: String, encoding: Value, noSpaces: Bool = false, _ files: HostFiles
  )
    throws(FunctionError)
  {
    guard path.hasPrefix("/") else {
      throw FunctionError(.badArguments, "'\(path)' is no absolute path.")
    }
    guard encoding.isNull || ["utf-8", "utf8", "ascii"].contains(encoding.description.lowercased())
    else {
      throw FunctionError(
        .badArguments, "encoding=\(encoding) is not supported: ini files are read as UTF-8.")
    }
    guard !separator.isEmpty, !separator.contains("\n") else {
      throw FunctionError(.badArguments, "The separator is a text without line breaks.")
    }
    self.path = path
    self.files = files
    isSpaced = !noSpaces
    content = IniSection(path, separator: separator)
    guard files.exists(path) else {
      original = nil
      return
    }
    let text: String
    do { text = try files.readText(path, limit: Self.sizeLimit) } catch {
      throw FunctionError(.failed, "Unable to open file '\(path)': \(error)")
    }
    original = text
    read(text.splitLines())
  }

  private mutating func read(_ lines: [String]) {
    let headers = lines.indices.filter { Self.header(lines[$0]) != nil }
    content.read(lines[..<(headers.first ?? lines.endIndex)])
    for (index, start) in headers.enumerated() {
      let end = index + 1 < headers.count ? headers[index + 1] : lines.endIndex
      var section = IniSection(Self.header(lines[start]) ?? "", separator: content.separator)
      section.read(lines[(start + 1)..<end])
      content.add(section)
    }
  }

  private static func header(_ line: String) -> String? {
    let bare = line.trimmed()
    guard bare.hasPrefix("["), bare.hasSuffix("]"), bare.count > 2 else { return nil }
    return String(bare.dropFirst().dropLast())
  }

  // MARK: Writing

  /// The file as it is to be.
  var text: String {
    var lines: [String] = []
    write(content, to: &lines)
    // The first header needs no empty line before it.
    if lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.map { $0 + "\n" }.joined()
  }

  private func write(_ section: IniSection, to lines: inout [String]) {
    var bare = section.separator
    let isBlank = bare.allSatisfy { $0 == " " }
    if isBlank { bare = " " } else { bare = isSpaced ? " \(bare.trimmed()) " : bare.trimmed() }
    for (name, entry) in section.entries {
      guard case .text(let text) = entry else { continue }
      lines.append(
        name.first == IniSection.lineMark || name.first == ";" ? text : "\(name)\(bare)\(text)")
    }
    for case .section(let inner) in section.entries.values {
      lines += ["", "[\(inner.name)]"]
      write(inner, to: &lines)
    }
  }

  /// Writes what is new; a file that is as it should be is left alone.
  func save() throws {
    guard text != original else { return }
    try files.write(path, text: text)
  }
}
