public import Functions
import OrderedCollections
import Value

/// States `alternatives.*`: which of several programs a name stands for.
public enum AlternativesStates {
  public static let all: [StateFunction] = [install, remove, auto, set]

  private static let name = Parameter.required("name", .string, "The alternatives' name, such as `editor`.")
  private static let path = Parameter.required("path", .string, "One of them: an absolute path.")

  private static let install = state(
    "install", "Has a path among a name's alternatives.",
    "Changes are `{name, link, path, priority}`. An alternative with another priority or link is left as it is, as Salt does.",
    [
      name, .required("link", .string, "The link that programs use, such as `/usr/bin/editor`."), path,
      .required("priority", .int, "The greatest is chosen, unless one was set by hand."),
    ]
  ) { arguments, program, isTest in
    let (name, path) = (arguments.string("name"), arguments.string("path"))
    let priority = arguments.int("priority") ?? 0
    if try await program.has(path, in: name) {
      return StateResult(true, "Alternative \(path) for \(name) is already registered")
    }
    if isTest {
      return StateResult(nil, "Alternative will be set for \(name) to \(path) with priority \(priority)")
    }
    let output: String
    do {
      output = try await program.install(name, link: arguments.string("link"), path: path, priority: priority)
    } catch { return StateResult(false, "Alternative for \(name) not installed: \(error)") }
    guard try await program.has(path, in: name) else {
      return StateResult(false, "Alternative for \(name) not installed: \(output)")
    }
    let comment =
      try program.current(name) == path
      ? "Alternative for \(name) set to path \(path) with priority \(priority)"
      : "Alternative \(path) for \(name) registered with priority \(priority) and not set to default"
    let changes: ValueMap = [
      "name": .string(name), "link": arguments["link"], "path": .string(path), "priority": .integer(priority),
    ]
    return StateResult(true, comment, changes: changes)
  }

  private static let remove = state(
    "remove", "Has a path not among a name's alternatives.", "Changes are `{path: what the name stands for then}`.",
    [name, path]
  ) { arguments, program, isTest in
    let (name, path) = (arguments.string("name"), arguments.string("path"))
    guard try await program.has(path, in: name) else {
      // It is as it is to be; Salt calls this a failure.
      guard let current = try program.current(name) else {
        return StateResult(true, "Alternative for \(name) doesn't exist")
      }
      return StateResult(true, "Alternative for \(name) is set to it's default path \(current)")
    }
    if isTest { return StateResult(nil, "Alternative for \(name) will be removed") }
    _ = try await program.remove(name, path)
    guard let current = try program.current(name) else {
      return StateResult(true, "Alternative for \(name) removed", changes: ["path": ""])
    }
    return StateResult(
      true, "Alternative for \(name) removed. Falling back to path \(current)", changes: ["path": .string(current)])
  }

  private static let auto = state(
    "auto", "Has the alternative with the greatest priority chosen.", "Changes are `{result: what was printed}`.",
    [name]
  ) { arguments, program, isTest in
    let name = arguments.string("name")
    guard let isAutomatic = try await program.isAutomatic(name) else {
      return StateResult(false, "Alternative for \(name) doesn't exist")
    }
    if isAutomatic { return StateResult(true, "\(name) already in auto mode") }
    if isTest { return StateResult(nil, "\(name) will be put in auto mode") }
    return StateResult(true, "", changes: ["result": .string(try await program.automate(name))])
  }

  private static let set = state(
    "set", "Has a name stand for a path.", "Changes are `{path: …}`.", [name, path]
  ) { arguments, program, isTest in
    let (name, path) = (arguments.string("name"), arguments.string("path"))
    if try program.current(name) == path {
      return StateResult(true, "Alternative for \(name) already set to \(path)")
    }
    guard try await program.has(path, in: name) else {
      return StateResult(false, "Alternative \(path) for \(name) doesn't exist")
    }
    if isTest { return StateResult(nil, "Alternative for \(name) will be set to path \(path)") }
    _ = try await program.set(name, path)
    guard try program.current(name) == path else {
      return StateResult(false, "Alternative for \(name) not updated")
    }
    return StateResult(true, "Alternative for \(name) set to path \(path)", changes: ["path": .string(path)])
  }

  private static func state(
    _ function: String, _ summary: String, _ details: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (Arguments, AlternativesProgram, _ isTest: Bool) async throws -> StateResult
  ) -> StateFunction {
    StateFunction("alternatives.\(function)", summary, details: details, parameters: parameters) { arguments, context in
      do { return try await body(arguments, AlternativesProgram(context.functions), context.isTest) } catch {
        return StateResult(false, (error as? FunctionError)?.description ?? String(describing: error))
      }
    }
  }
}
