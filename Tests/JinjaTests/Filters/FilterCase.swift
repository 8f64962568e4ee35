import Testing

@testable import Jinja

/// A template, and what it renders to or fails with.
struct FilterCase: Sendable, CustomTestStringConvertible {
  var template: String
  /// The text; nil when it fails.
  var expected: String?
  /// A part of the message of the failure.
  var message = ""
  var isUndefined = false

  init(_ template: String, _ expected: String) {
    self.template = template
    self.expected = expected
  }

  init(_ template: String, _ expected: [String]) { self.init(template, expected.joined()) }
  init(_ template: [String], _ expected: String) { self.init(template.joined(), expected) }
  init(_ template: [String], _ expected: [String]) { self.init(template.joined(), expected.joined()) }

  init(_ template: String, failing message: String, isUndefined: Bool) {
    self.template = template
    self.message = message
    self.isUndefined = isUndefined
  }

  init(_ template: String, failing message: [String], isUndefined: Bool) {
    self.init(template, failing: message.joined(), isUndefined: isUndefined)
  }

  init(_ template: [String], failing message: String, isUndefined: Bool) {
    self.init(template.joined(), failing: message, isUndefined: isUndefined)
  }

  var testDescription: String { template }

  func check() {
    let environment = TemplateEnvironment(filters: Filter.standard, tests: TemplateTest.standard)
    do {
      let text = try environment.render(template)
      #expect(text == expected, "\(template)")
    } catch let error as TemplateError {
      guard expected == nil else {
        Issue.record("\(template) failed: \(error.message)")
        return
      }
      #expect(error.message.contains(message), "\(template)")
      #expect((error.code == .undefined) == isUndefined, "\(template)")
    } catch {
      Issue.record("\(template) threw \(error)")
    }
  }
}
