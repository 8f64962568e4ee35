/// One render in progress: Python's operations on values, filters and tests by name, and the bounds.
public final class Evaluation {
  let environment: TemplateEnvironment
  let limits: TemplateLimits
  /// What has been printed so far in the innermost macro, block or capture.
  var output = ""
  /// The text that the filters of a block tag are applied to.
  var capturedText = TemplateValue.string("")
  /// Within `{% autoescape true %}`.
  var isEscaping = false
  var stepsLeft: Int
  var bytesLeft: Int
  /// How many steps until the clock is looked at.
  var stepsToClock = 4096
  var depth = 0
  var inheritances = 0
  /// What the running template extends, once its `extends` tag has been met.
  var parentTemplate: Template?
  /// How many captures are open, and how many were when the running template began.
  var captureDepth = 0
  var topCaptureDepth = 0
  let stack: StackBounds
  /// Where the evaluation is, for errors.
  var place = 0
  var template: Template
  /// Names every template sees, as Salt's environment has them: the loader's `tpldir` and such change while it runs.
  var globals: [String: TemplateValue]
  var templates: [String: Template] = [:]
  var modules: [String: TemplateModule] = [:]
  /// Frames that macros hold on to: emptied at the end, since the macros stand in them too.
  var captured: [Frame] = []
  var contexts: [Context] = []
  /// Lists, dicts and namespaces into which something was put that may hold them.
  var suspects: [TemplateValue] = []

  init(environment: TemplateEnvironment, template: Template, globals: [String: TemplateValue]) {
    self.environment = environment
    limits = environment.limits
    stepsLeft = environment.limits.steps
    bytesLeft = environment.limits.bytes
    stack = StackBounds(size: environment.limits.stack)
    self.template = template
    self.globals = globals
  }
}
