import Functions
import HostSystem
import OrderedCollections
import Value

/// What curl prints with `include` and the number of header bytes at its end.
struct HTTPAnswer: Sendable {
  private let code: Int64
  private let reason: String
  private let headers: ValueMap
  private let body: String

  init(_ output: [UInt8]) throws(FunctionError) {
    let end = output.lastIndex(of: UInt8(ascii: "\n")) ?? output.startIndex
    let numbers = String(decoding: output[end...], as: UTF8.self).fields().compactMap { Int($0) }
    guard numbers.count == 2, (0...end).contains(numbers[1]) else {
      throw FunctionError(.failed, "curl printed something else than an answer.")
    }
    code = Int64(numbers[0])
    body = String(decoding: output[numbers[1]..<end], as: UTF8.self)
    // After redirects the last block of headers counts.
    let lines = String(decoding: output[..<numbers[1]], as: UTF8.self).splitLines()
    let start = lines.lastIndex { $0.hasPrefix("HTTP/") } ?? 0
    reason = lines.isEmpty ? "" : lines[start].split(separator: " ", maxSplits: 2).dropFirst(2).joined()
    var headers: ValueMap = [:]
    for line in lines.dropFirst(start + 1) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[String(line[..<colon])] = .string(line[line.index(after: colon)...].trimmed())
    }
    self.headers = headers
  }

  func value(_ named: ValueMap) throws -> ValueMap {
    guard code < 400 else {
      return ["status": .int(code), "error": .string("HTTP \(code): \(reason)"), "body": .string(body)]
    }
    var answer: ValueMap = ["body": .string(body)]
    if named["status"] == true { answer["status"] = .int(code) }
    if named["headers"] == true { answer["headers"] = .map(headers) }
    var isText = named["text"] == true
    if named["decode"] == true {
      switch decoding(named["decode_type"]?.description ?? "auto") {
      case "json":
        do { answer["dict"] = try JSONParser.parse(body) } catch {
          throw FunctionError(.failed, "The answer is not JSON: \(error)")
        }
      case "yaml":
        do { answer["dict"] = try YAMLParser.value(of: body) } catch {
          throw FunctionError(.failed, "The answer is not YAML: \(error)")
        }
      case "plain": isText = true
      case let other:
        throw FunctionError(
          .badArguments, "http.query: answers are not decoded as '\(other)'.", hint: "json, yaml, plain")
      }
    }
    if isText { answer["text"] = .string(body) }
    return answer
  }

  private func decoding(_ type: String) -> String {
    guard type == "auto" else { return type }
    let content = headers.first { $0.key.description.lowercased() == "content-type" }?.value.description ?? ""
    return ["xml", "json", "yaml"].first { content.contains($0) } ?? "plain"
  }
}
