import Functions
import OrderedCollections
import Value

extension SlsutilFunctions {
  private static let format = Parameter.required(
    "serializer", .string, "The format: json, yaml, configparser or msgpack.")
  private static let options = Parameter.keywords(
    "kwargs",
    "Options of the format. json: `indent sort_keys separators ensure_ascii`. yaml: `default_flow_style indent width "
      + "sort_keys allow_unicode`.")

  static let serializing: [Function] = [
    Function(
      "slsutil.serialize", "Writes a value as text.",
      details: "Laid out as Salt does it: JSON on one line unless `indent` is given, YAML with the innermost lists and "
        + "maps in brackets unless `default_flow_style` is given, without a final line break.\n\nExample, in a template: "
        + "`{{ salt['slsutil.serialize']('yaml', data, default_flow_style=False) }}`.", effect: .read,
      parameters: [format, .required("obj", .any, "The value."), options]
    ) { arguments, _ in
      let (value, options) = (arguments["obj"], arguments.map("kwargs"))
      let serializer = try serializer(arguments)
      try refuseUnknown(options, of: serializer)
      do {
        switch serializer {
        case .json: return .string(try json(options).text(of: value))
        case .yaml: return .string(try DataSerializer.yaml(value, options, layout: .leavesInFlow))
        case .configparser: return .string(try DataSerializer.sections(value))
        case .msgpack: return .bytes(try serializer.bytes(of: value, options: options))
        }
      } catch let refusal as StateRefusal {
        throw FunctionError(.failed, refusal.comment)
      }
    },
    Function(
      "slsutil.deserialize", "Reads a text as a value.",
      details: "Example, in a template: `{{ salt['slsutil.deserialize']('json', text) }}`.", effect: .read,
      parameters: [
        format, .required("stream_or_string", .any, "The text."),
        .keywords("kwargs", "Options of Salt's serializers; they change nothing in what is read."),
      ]
    ) { arguments, _ in
      let bytes: [UInt8]
      switch arguments["stream_or_string"] {
      case .bytes(let given): bytes = given
      case .string(let text): bytes = Array(text.utf8)
      case let other:
        throw FunctionError(.badArguments, "'stream_or_string' takes string, not a \(other.kindName).")
      }
      do {
        return try serializer(arguments).value(of: bytes, file: "stream_or_string")
      } catch let refusal as StateRefusal {
        throw FunctionError(.failed, refusal.comment)
      }
    },
  ]

  private static func serializer(_ arguments: Arguments) throws -> DataSerializer {
    let name = arguments.string("serializer")
    guard let serializer = DataSerializer(rawValue: name) else {
      throw FunctionError(
        .badArguments, "Serializer '\(name)' not found.", hint: "Brine has json, yaml, configparser and msgpack.")
    }
    return serializer
  }

  private static func json(_ options: ValueMap) throws -> PythonJSON {
    var writer = PythonJSON()
    writer.indent = options["indent"]?.intValue.map { Int(clamping: min(max($0, 0), 64)) }
    writer.sortsKeys = options["sort_keys"]?.boolValue ?? false
    writer.isASCII = options["ensure_ascii"]?.boolValue ?? false
    writer.itemSeparator = writer.indent == nil ? ", " : ","
    if let separators = options["separators"]?.listValue {
      guard separators.count == 2 else { throw FunctionError(.badArguments, "separators= is a list of two texts.") }
      (writer.itemSeparator, writer.keySeparator) = (separators[0].description, separators[1].description)
    }
    return writer
  }

  private static func refuseUnknown(_ options: ValueMap, of serializer: DataSerializer) throws {
    let known: Set<String> =
      switch serializer {
      case .json: ["indent", "sort_keys", "separators", "ensure_ascii"]
      case .yaml: ["default_flow_style", "indent", "width", "sort_keys", "allow_unicode"]
      case .configparser, .msgpack: []
      }
    for key in options.keys where !known.contains(key.description) {
      throw FunctionError(.badArguments, "\(serializer.rawValue) has no option '\(key)' here.")
    }
  }
}
