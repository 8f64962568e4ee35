/// A value while a template runs: Python's kinds, with Python's identity for lists and dictionaries (`{% do x.append(1) %}`
/// changes the list that every name for it sees).
///
/// A render belongs to one thread, so none of this is `Sendable`; `Value` goes in and comes out.
public enum TemplateValue {
  /// A name, attribute or item that is not there; using it is an error unless it is tested or defaulted.
  indirect case undefined(Undefined)
  case none
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  /// A string marked safe (`|safe`, `|escape`): the same as a string but for `escape`, which leaves it alone.
  case markup(String)
  case bytes([UInt8])
  case list(TemplateList)
  case tuple([TemplateValue])
  case dict(TemplateDict)
  /// Macros, functions, namespaces, loops, modules, ranges, lazy sequences, and what a host hands in.
  case object(any TemplateObject)
}
