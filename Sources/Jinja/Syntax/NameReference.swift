/// Where a variable may be found, the innermost place first; after all of them comes the template's context.
struct NameReference: Sendable {
  struct Place: Sendable {
    /// How many frames out.
    var hops: Int
    var slot: Int
  }
  let name: String
  let places: [Place]
}
