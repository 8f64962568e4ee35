/// A failure at a place of the text that is being read.
struct PlacedFailure: Error {
  var failure: TemplateFailure
  var offset: Int

  init(_ message: String, at offset: Int, hint: String? = nil, code: TemplateFailure.Code = .syntax) {
    failure = TemplateFailure(code, message, hint: hint)
    self.offset = offset
  }
}
