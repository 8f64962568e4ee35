public import OrderedCollections
public import Value

/// Salt's high data: all declarations of a run by id, with the places they come from.
public struct HighData: Sendable {
  public var declarations: OrderedDictionary<Value, Declaration>
  /// What `extend` sections ask for, not yet merged.
  public var extensions: [Extension]
  /// Names of SLS, or maps `{sls: …}` and `{id: …}`, not yet applied.
  public var exclusions: [Value]
  public var sources: SourceTexts

  public init(
    declarations: OrderedDictionary<Value, Declaration> = [:], extensions: [Extension] = [], exclusions: [Value] = [],
    sources: SourceTexts = SourceTexts()
  ) {
    self.declarations = declarations
    self.extensions = extensions
    self.exclusions = exclusions
    self.sources = sources
  }

  /// High data as `state.high` is given it; ids without `__sls__` and `__env__` get the given ones.
  public init(_ map: ValueMap, sls: String = "", environment: String = "base") {
    self.init()
    for (id, body) in map {
      switch (id, body) {
      case ("__extend__", .list(let items)):
        for case .map(let item) in items {
          for case (let name, .map(let body)) in item {
            extensions.append(Extension(id: name, body: body, place: SourcePlace(file: "")))
          }
        }
      case ("__exclude__", .list(let items)): exclusions = items
      default:
        var body = body.mapValue ?? [:]
        if body["__sls__"] == nil { body["__sls__"] = .string(sls) }
        if body["__env__"] == nil { body["__env__"] = .string(environment) }
        declarations[id] = Declaration(body, place: SourcePlace(file: ""))
      }
    }
  }

  public var isEmpty: Bool { declarations.isEmpty && extensions.isEmpty }

  /// Salt's shape, as `state.show_sls` and `state.show_highstate` print it.
  public var value: ValueMap {
    var map = ValueMap(minimumCapacity: declarations.count + 2)
    if !extensions.isEmpty {
      map["__extend__"] = .list(extensions.map { .map([$0.id: .map($0.body)]) })
    }
    if !exclusions.isEmpty { map["__exclude__"] = .list(exclusions) }
    for (id, declaration) in declarations { map[id] = .map(declaration.body) }
    return map
  }

  /// A place in words: file and line, the line itself, and the includes that led there.
  public func describe(_ place: SourcePlace) -> String { sources.describe(place) }

  func problem(_ message: String, _ place: SourcePlace, hint: String? = nil) -> StateProblem {
    sources.problem(message, place, hint: hint)
  }
}
