import Functions
import OrderedCollections
import Value

extension SlsutilFunctions {
  static let texts: [Function] = [
    Function(
      "slsutil.boolstr", "One of two texts.", effect: .read,
      parameters: [
        .required("value", .bool, "Which."), .optional("true", .string, default: "true", "The text for true."),
        .optional("false", .string, default: "false", "The text for false."),
      ]
    ) { arguments, _ in .string(arguments.string(arguments.bool("value") ? "true" : "false")) },
    Function(
      "slsutil.banner", "A comment block that says that a file is managed.",
      details: "Example, in a template: `{{ salt['slsutil.banner'](commentchar='//') }}`.", effect: .read,
      parameters: [
        .optional("width", .int, default: 72, "Characters of a line."),
        .optional("commentchar", .string, default: "#", "What begins a comment."),
        .optional("borderchar", .string, default: "#", "What the border is made of."),
        .optional("blockstart", .string, "A line before it."), .optional("blockend", .string, "A line behind it."),
        .optional("title", .string, "The first paragraph, centred."),
        .optional("text", .string, "The second paragraph."),
        .optional("newline", .bool, default: false, "End with a newline."),
      ]
    ) { arguments, _ in
      guard let width = arguments.int("width"), (-10_000...10_000).contains(width) else {
        throw FunctionError(.badArguments, "width= is at most 10000.")
      }
      let banner = Banner(
        width: width, comment: arguments.string("commentchar"), border: arguments.string("borderchar"),
        title: arguments.optionalString("title") ?? Banner.defaultTitle,
        text: arguments.optionalString("text") ?? Banner.defaultText)
      var lines = try banner.lines()
      if let start = arguments.optionalString("blockstart") { lines.insert(start, at: 0) }
      if let end = arguments.optionalString("blockend") { lines.append(end) }
      return .string(lines.joined(separator: "\n") + (arguments.bool("newline") ? "\n" : ""))
    },
  ]
}
