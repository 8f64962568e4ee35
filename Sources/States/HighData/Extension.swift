public import Value

/// One id of an `extend` section: what is to be added to a declaration of another SLS.
public struct Extension: Sendable, Hashable {
  public var id: Value
  public var body: ValueMap
  public var place: SourcePlace

  public init(id: Value, body: ValueMap, place: SourcePlace) {
    self.id = id
    self.body = body
    self.place = place
  }

  public static func == (left: Extension, right: Extension) -> Bool { left.id == right.id && left.body == right.body }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(body)
  }
}
