extension FilterCase {
  static let network2: [FilterCase] = [
    FilterCase("{{ ''|is_ipv6 }}", "False")
  ]
}
