import CPCRE2

/// One search through one text: PCRE2's working memory and the deadline, which all its matches share.
struct RegularExpressionScan: ~Copyable {
  private let compiled: CompiledRegularExpression
  private let subject: Subject
  private let pattern: String
  private let data: OpaquePointer
  private let limits: OpaquePointer
  private let stride: Int
  private var deadline: ContinuousClock.Instant?

  /// Nil when there is no memory.
  init?(_ compiled: CompiledRegularExpression, subject: Subject, pattern: String) {
    guard let data = pcre2_match_data_create_from_pattern_8(compiled.code, nil) else { return nil }
    guard let limits = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    pcre2_set_match_limit_8(limits, RegularExpressionLimits.steps)
    pcre2_set_depth_limit_8(limits, RegularExpressionLimits.depth)
    pcre2_set_heap_limit_8(limits, RegularExpressionLimits.heapKiB)
    self.compiled = compiled
    self.subject = subject
    self.pattern = pattern
    self.data = data
    self.limits = limits
    stride = max(RegularExpressionLimits.stride, subject.count / 512)
  }

  deinit {
    pcre2_match_context_free_8(limits)
    pcre2_match_data_free_8(data)
  }

  /// - Parameters:
  ///   - mustAdvance: the last match was empty and ended here: no empty one here again.
  ///   - isWhole: the match ends where the text ends.
  mutating func match(
    _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, anchored: Bool = false, mustAdvance: Bool = false,
    isWhole: Bool = false
  ) throws(RegularExpressionError) -> RegularExpressionMatch? {
    // A Swift string's UTF-8 is valid; checking it again would read the text twice.
    var flags = UInt32(PCRE2_NO_UTF_CHECK)
    if anchored { flags |= UInt32(PCRE2_ANCHORED) }
    if isWhole { flags |= UInt32(PCRE2_ENDANCHORED) }
    var start = offset
    // PCRE2 counts the steps from each place of the text anew, so the places are tried in strides, and the clock
    // bounds the whole.
    while true {
      let last = anchored ? start : min(start + stride, bytes.count)
      pcre2_set_offset_limit_8(limits, last)
      let notEmpty = mustAdvance && start == offset ? UInt32(PCRE2_NOTEMPTY_ATSTART) : 0
      let result = run(bytes, from: start, flags | notEmpty)
      if result >= 0 { return found() }
      guard result == PCRE2_ERROR_NOMATCH else {
        throw failure(
          .limit,
          "This regular expression takes too many steps on a text of \(bytes.count) bytes "
            + "(\(CompiledPattern.message(result))); write it without repeats inside repeats")
      }
      guard !anchored, last < bytes.count else { return nil }
      start = last + 1
      while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
      try checkTime()
    }
  }

  func failure(_ code: RegularExpressionError.Code, _ message: String) -> RegularExpressionError {
    RegularExpressionError(code, message, pattern: pattern)
  }

  private func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ flags: UInt32) -> Int32 {
    if bytes.count > 0 {
      return pcre2_match_8(compiled.code, bytes.baseAddress, bytes.count, start, flags, data, limits)
    }
    var nothing: UInt8 = 0
    return pcre2_match_8(compiled.code, &nothing, 0, 0, flags, data, limits)
  }

  private func found() -> RegularExpressionMatch {
    let count = Int(pcre2_get_ovector_count_8(data))
    guard let offsets = pcre2_get_ovector_pointer_8(data) else {
      return RegularExpressionMatch(subject: subject, names: [:], groups: [])
    }
    let groups = (0..<count).map { index -> Range<Int>? in
      let start = Int(bitPattern: UInt(truncatingIfNeeded: offsets[2 * index]))
      let end = Int(bitPattern: UInt(truncatingIfNeeded: offsets[2 * index + 1]))
      guard start >= 0, end >= start else { return nil }
      return start..<end
    }
    return RegularExpressionMatch(subject: subject, names: compiled.names, groups: groups)
  }

  private mutating func checkTime() throws(RegularExpressionError) {
    guard let deadline else {
      deadline = .now + RegularExpressionLimits.time
      return
    }
    guard ContinuousClock.now < deadline else {
      throw failure(
        .limit, "This regular expression takes more than \(RegularExpressionLimits.time) on one text; make it simpler")
    }
  }
}
