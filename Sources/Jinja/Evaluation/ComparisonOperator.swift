/// The operators of a comparison, which may be chained: `1 < x <= 5`.
enum ComparisonOperator: Sendable, Hashable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, within, notWithin
}
