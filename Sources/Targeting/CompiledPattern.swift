import CPCRE2
import Synchronization

/// Owns PCRE2's pointers; nothing else in this target touches them.
///
/// `@unchecked Sendable`: `code` and `limits` are never written after `init`, and PCRE2 documents both as safe to share
/// between threads that match; the one match block, which is written, is only used while `block`'s lock is held.
final class CompiledPattern: @unchecked Sendable {
  struct Failure: Error {
    var message: String
    /// In the pattern's bytes.
    var offset: Int
  }

  private let code: OpaquePointer
  private let limits: OpaquePointer
  private let block: Mutex<UInt>

  init(_ pattern: String) throws(Failure) {
    guard let rules = pcre2_compile_context_create_8(nil) else { throw Failure(message: "out of memory", offset: 0) }
    defer { pcre2_compile_context_free_8(rules) }
    pcre2_set_newline_8(rules, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_parens_nest_limit_8(rules, UInt32(TargetLimits.nesting))
    let options =
      UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    var number: Int32 = 0
    var offset = 0
    var pattern = pattern
    let compiled = pattern.withUTF8 { bytes -> OpaquePointer? in
      if bytes.count > 0 { return pcre2_compile_8(bytes.baseAddress, bytes.count, options, &number, &offset, rules) }
      var nothing: UInt8 = 0
      return pcre2_compile_8(&nothing, 0, options, &number, &offset, rules)
    }
    guard let compiled else { throw Failure(message: CompiledPattern.message(number), offset: offset) }
    guard let limits = pcre2_match_context_create_8(nil), let data = pcre2_match_data_create_8(1, nil) else {
      pcre2_code_free_8(compiled)
      throw Failure(message: "out of memory", offset: 0)
    }
    pcre2_set_match_limit_8(limits, TargetLimits.regexSteps)
    pcre2_set_depth_limit_8(limits, TargetLimits.regexDepth)
    pcre2_set_heap_limit_8(limits, TargetLimits.regexHeapKiB)
    code = compiled
    self.limits = limits
    block = Mutex(UInt(bitPattern: data))
  }

  deinit {
    block.withLock { pcre2_match_data_free_8(OpaquePointer(bitPattern: $0)) }
    pcre2_match_context_free_8(limits)
    pcre2_code_free_8(code)
  }

  /// Whether the pattern matches at the start of the text; what went wrong when that could not be found out.
  func matches(_ text: String) -> Result<Bool, Failure> {
    var text = text
    let result = text.withUTF8 { bytes in block.withLock { match(bytes, OpaquePointer(bitPattern: $0)) } }
    switch result {
    case 0...: return .success(true)
    case PCRE2_ERROR_NOMATCH: return .success(false)
    default: return .failure(Failure(message: Self.message(result), offset: 0))
    }
  }

  private func match(_ bytes: UnsafeBufferPointer<UInt8>, _ data: OpaquePointer?) -> Int32 {
    if bytes.count > 0 {
      // A Swift string's UTF-8 is valid; checking it again would read the text twice.
      return pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, UInt32(PCRE2_NO_UTF_CHECK), data, limits)
    }
    var nothing: UInt8 = 0
    return pcre2_match_8(code, &nothing, 0, 0, 0, data, limits)
  }

  static func message(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return count < 0 ? "error \(number)" : String(decoding: buffer.prefix(Int(count)), as: UTF8.self)
  }
}
