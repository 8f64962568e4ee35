import Glibc
import OrderedCollections
import SwiftASN1
import Value
import X509

/// The names in certificates under the short names that OpenSSL, and so Salt, gives them.
enum CertificateNames {
  /// `{"CN": "web1", "O": "Example"}`; of attributes that come twice the last one counts, as in Salt.
  static func map(_ name: DistinguishedName) -> Value {
    var map: ValueMap = [:]
    for attribute in name.flatMap({ $0 }) {
      map[shortName(attribute.type)] = .string(String(attribute.value) ?? attribute.value.description)
    }
    return .map(map)
  }

  static func commonName(_ name: DistinguishedName) -> String? {
    name.flatMap { $0 }.last { $0.type == .RDNAttributeType.commonName }.flatMap { String($0.value) }
  }

  /// `DNS:web1`, `IP Address:10.0.0.1`, as OpenSSL prints them.
  static func text(_ name: GeneralName) -> String {
    switch name {
    case .dnsName(let name): "DNS:\(name)"
    case .ipAddress(let bytes): "IP Address:\(address(Array(bytes.bytes)) ?? HexText.lower(bytes.bytes))"
    case .rfc822Name(let name): "email:\(name)"
    case .uniformResourceIdentifier(let name): "URI:\(name)"
    case .directoryName(let name): "DirName:\(name)"
    case .registeredID(let id): "Registered ID:\(id)"
    case .otherName: "othername:<unsupported>"
    case .x400Address: "X400Name:<unsupported>"
    case .ediPartyName: "EdiPartyName:<unsupported>"
    }
  }

  /// The DNS names and addresses alone, as Salt's `subject_alt_names` has them.
  static func bare(_ names: SubjectAlternativeNames) -> [String] {
    names.compactMap { name in
      switch name {
      case .dnsName(let name): name
      case .ipAddress(let bytes): address(Array(bytes.bytes))
      default: nil
      }
    }
  }

  /// A subject alternative name from `web1.example`, `10.0.0.1`, `DNS:…` or `IP:…`.
  static func generalName(_ text: String) -> GeneralName? {
    let text = text.hasPrefix("DNS:") ? text.dropFirst(4) : text.hasPrefix("IP:") ? text.dropFirst(3) : text[...]
    let name = String(text)
    if let bytes = addressBytes(name) { return .ipAddress(ASN1OctetString(contentBytes: bytes[...])) }
    let isDNS =
      !name.isEmpty && name.utf8.count <= 253
      && name.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2A, 0x2D, 0x2E, 0x5F].contains(byte)
      }
    return isDNS ? .dnsName(name) : nil
  }

  static func addressBytes(_ text: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, text, &four) == 1 { return four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, text, &sixteen) == 1 ? sixteen : nil
  }

  private static func address(_ bytes: [UInt8]) -> String? {
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: 64)
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func shortName(_ type: ASN1ObjectIdentifier) -> String {
    switch type {
    case .RDNAttributeType.commonName: "CN"
    case .RDNAttributeType.countryName: "C"
    case .RDNAttributeType.localityName: "L"
    case .RDNAttributeType.stateOrProvinceName: "ST"
    case .RDNAttributeType.organizationName: "O"
    case .RDNAttributeType.organizationalUnitName: "OU"
    case .RDNAttributeType.streetAddress: "street"
    case .RDNAttributeType.domainComponent: "DC"
    case .RDNAttributeType.emailAddress: "emailAddress"
    case [2, 5, 4, 5]: "serialNumber"
    case [0, 9, 2342, 19_200_300, 100, 1, 1]: "UID"
    case let other: String(describing: other)
    }
  }
}
