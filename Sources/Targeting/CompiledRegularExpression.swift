import CPCRE2

/// Owns a compiled pattern of PCRE2.
///
/// `@unchecked Sendable`: `code` is never written after `init`, and PCRE2 documents it as safe to share between threads.
final class CompiledRegularExpression: @unchecked Sendable {
  let code: OpaquePointer
  let groupCount: Int
  let names: [String: Int]

  init(_ pattern: String, options: RegularExpression.Options) throws(CompiledPattern.Failure) {
    guard let rules = pcre2_compile_context_create_8(nil) else {
      throw CompiledPattern.Failure(message: "out of memory", offset: 0)
    }
    defer { pcre2_compile_context_free_8(rules) }
    pcre2_set_newline_8(rules, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_parens_nest_limit_8(rules, RegularExpressionLimits.nesting)
    var flags = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    flags |= UInt32(PCRE2_USE_OFFSET_LIMIT)
    if options.contains(.ignoreCase) { flags |= UInt32(PCRE2_CASELESS) }
    // Python's `^` also matches after a line break that ends the text.
    if options.contains(.multiline) { flags |= UInt32(PCRE2_MULTILINE) | UInt32(PCRE2_ALT_CIRCUMFLEX) }
    if options.contains(.dotAll) { flags |= UInt32(PCRE2_DOTALL) }
    if options.contains(.verbose) { flags |= UInt32(PCRE2_EXTENDED) }
    var number: Int32 = 0
    var offset = 0
    var pattern = pattern
    let compiled = pattern.withUTF8 { bytes -> OpaquePointer? in
      if bytes.count > 0 { return pcre2_compile_8(bytes.baseAddress, bytes.count, flags, &number, &offset, rules) }
      var nothing: UInt8 = 0
      return pcre2_compile_8(&nothing, 0, flags, &number, &offset, rules)
    }
    guard let compiled else {
      throw CompiledPattern.Failure(message: CompiledPattern.message(number), offset: offset)
    }
    code = compiled
    var count: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    names = Self.names(of: compiled)
  }

  deinit { pcre2_code_free_8(code) }

  private static func names(of code: OpaquePointer) -> [String: Int] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [:] }
    var names: [String: Int] = [:]
    for index in 0..<Int(count) {
      // Two bytes with the group's number, then the name and a nought.
      let entry = UnsafeBufferPointer(start: table + index * Int(size), count: Int(size))
      let name = String(decoding: entry.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
      names[name] = Int(entry[0]) << 8 | Int(entry[1])
    }
    return names
  }
}
