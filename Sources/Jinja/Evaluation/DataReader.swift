import Value

/// Reads the data of Salt's `load_yaml`, `import_json` and their kind.
enum DataReader {
  /// - Throws: `TemplateFailure(.operation)` with the parser's own place in the text.
  static func read(_ text: String, _ format: DataFormat, what: String) throws -> TemplateValue {
    switch format {
    case .text: return .string(text)
    case .yaml:
      do throws(YAMLError) { return TemplateValue(try YAMLParser.value(of: text, file: what)) } catch {
        throw TemplateFailure(.operation, "Encountered error loading yaml: \(error.description)")
      }
    case .json:
      do throws(JSONError) { return TemplateValue(try JSONParser.parse(text)) } catch {
        throw TemplateFailure(.operation, "Unable to load json from \(what): \(error.description)")
      }
    }
  }
}
