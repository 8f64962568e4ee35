import Value

/// Salt's filters on addresses and networks.
enum AddressFilters {
  static var all: [Filter] {
    [
      check("is_ip", "is_ip_filter", versions: [4, 6]), check("is_ipv4", "is_ipv4_filter", versions: [4]),
      check("is_ipv6", "is_ipv6_filter", versions: [6]),
      Filter("ipv4", "ipv4", .optional("options")) { value, given, evaluation in
        try addresses(in: value, version: 4, options: given[0], evaluation)
      },
      Filter("ipv6", "ipv6", .optional("options")) { value, given, evaluation in
        try addresses(in: value, version: 6, options: given[0], evaluation)
      },
      Filter("ipaddr", "ipaddr", .optional("options")) { value, given, evaluation in
        try addresses(in: value, version: nil, options: given[0], evaluation)
      },
      eachNetwork("ip_host") { address, _ in
        let host = NetworkAddress(
          isV6: address.isV6, number: address.number, prefix: address.prefix ?? address.width, zone: address.zone)
        return .string(host.text)
      },
      eachNetwork("network_hosts", hosts),
      eachNetwork("network_size") { address, _ in
        let bits = address.width - (address.prefix ?? address.width)
        // A number beyond 64 bits only ever gets printed: its digits do.
        return bits < 63 ? .int(1 << Int64(bits)) : .string(powerOfTwo(bits))
      },
      Filter("filter_by_networks", "filter_by_networks", .required("networks"), body: filterByNetworks),
      Filter("ipwrap", "ipwrap") { value, _, evaluation in
        switch value {
        case .list(let list): return try evaluation.list(list.elements.map(wrapped))
        case .tuple(let elements): return try evaluation.list(elements.map(wrapped))
        default: return wrapped(try evaluation.defined(value))
        }
      },
    ]
  }

  private static func check(_ name: String, _ function: String, versions: [Int]) -> Filter {
    Filter(name, function, .optional("options")) { value, given, evaluation in
      let value = try evaluation.defined(value)
      return .bool(try versions.contains { try address(value, version: $0, options: given[0], evaluation) != nil })
    }
  }

  /// The address in a text or a number, when it is of the version and of all kinds that the options name.
  private static func address(
    _ value: TemplateValue, version: Int, options: TemplateValue, _ evaluation: Evaluation
  ) throws -> NetworkAddress? {
    let address: NetworkAddress
    switch value {
    case .string(let text), .markup(let text):
      guard let parsed = NetworkAddress(text) else { return nil }
      address = parsed
    case .bool(let flag): address = NetworkAddress(isV6: false, number: flag ? 1 : 0)
    case .int(let number):
      guard number >= 0 else { return nil }
      address = NetworkAddress(isV6: number > Int64(UInt32.max), number: UInt128(number))
    default: return nil
    }
    guard address.isV6 == (version == 6) else { return nil }
    guard try evaluation.isTrue(options) else { return address }
    let kinds = try evaluation.string(options).split(separator: ",").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return kinds.allSatisfy { address.isOfKind($0) ?? true } ? address : nil
  }

  /// The text of an address, a list of those in a list, or none.
  private static func addresses(
    in value: TemplateValue, version: Int?, options: TemplateValue, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let versions = version.map { [$0] } ?? [4, 6]
    switch value {
    case .string, .markup:
      for version in versions {
        if let found = try address(value, version: version, options: options, evaluation) { return .string(found.text) }
      }
      return .none
    case .list, .tuple: break
    case .object(let object) where object is FilterGenerator: break
    default: return .none
    }
    let elements = try evaluation.elements(of: value)
    return try evaluation.list(
      versions.flatMap { version in
        try elements.compactMap { try address($0, version: version, options: options, evaluation)?.text }
      }.map(TemplateValue.string))
  }

  private static func eachNetwork(
    _ name: String, _ body: @escaping (NetworkAddress, Evaluation) throws -> TemplateValue
  ) -> Filter {
    Filter(name, name, .optional("options"), .optional("version")) { value, given, evaluation in
      let version: Int? = try evaluation.isTrue(given[1]) ? evaluation.integer(given[1]) : nil
      if let version, version != 4, version != 6 { return .none }
      let found = try addresses(in: value, version: version, options: given[0], evaluation)
      switch found {
      case .list(let list):
        guard !list.elements.isEmpty else { return .none }
        return try evaluation.list(
          list.elements.compactMap { NetworkAddress($0.stringValue ?? "") }.map { try body($0, evaluation) })
      default: return try found.stringValue.flatMap { NetworkAddress($0) }.map { try body($0, evaluation) } ?? .none
      }
    }
  }

  /// All hosts: without the network's own address, and in IPv4 without the broadcast address.
  private static func hosts(_ address: NetworkAddress, _ evaluation: Evaluation) throws -> TemplateValue {
    let range = address.range
    var first = range.lowerBound
    var last = range.upperBound
    if address.width - (address.prefix ?? address.width) > 1 {
      first += 1
      if !address.isV6 { last -= 1 }
    }
    let count = last - first
    guard count < 1 << 20 else {
      throw TemplateFailure(
        .limit, "the network \(address.text) has more than a million hosts", hint: "network_size says how many")
    }
    try evaluation.charge(Int(count) + 1)
    try evaluation.claim(Int(count) + 1, times: 48)
    return .list(
      TemplateList(
        (0...Int(count)).map { .string(NetworkAddress(isV6: address.isV6, number: first + UInt128($0)).text) }))
  }

  private static func filterByNetworks(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    if given[0].isNone { return value }
    let networks = try evaluation.elements(of: given[0]).map { element in
      let text = try evaluation.text(element)
      guard let network = NetworkAddress(text) else {
        throw TemplateFailure(
          .operation, "\(PythonText.quoted(text)) does not appear to be an IPv4 or IPv6 network")
      }
      guard network.range.lowerBound == network.number else {
        throw TemplateFailure(.operation, "\(text) has host bits set")
      }
      return network
    }
    func members(_ value: TemplateValue) throws -> TemplateValue {
      try evaluation.list(
        evaluation.elements(of: value).flatMap { element in
          let text = try evaluation.text(element)
          guard let address = NetworkAddress(text), address.prefix == nil else {
            throw TemplateFailure(
              .operation, "\(PythonText.quoted(text)) does not appear to be an IPv4 or IPv6 address")
          }
          return networks.filter { $0.contains(address) }.map { _ in element }
        })
    }
    switch value {
    case .dict(let dict):
      let output = TemplateDict()
      for (key, value) in dict.entries { output.entries[key] = try members(value) }
      return .dict(output)
    case .list, .tuple, .string, .markup: return try members(value)
    default:
      throw TemplateFailure(.operation, "Do not know how to filter a \(Evaluation.className(value))")
    }
  }

  private static func wrapped(_ value: TemplateValue) -> TemplateValue {
    guard let text = value.stringValue, let address = NetworkAddress(text), address.isV6 else { return value }
    return .string("[\(text)]")
  }

  /// The decimal digits of a power of two.
  private static func powerOfTwo(_ exponent: Int) -> String {
    guard exponent == 128 else { return String(UInt128(1) << UInt128(exponent)) }
    return "340282366920938463463374607431768211456"
  }
}
