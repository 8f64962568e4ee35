import COpenSSL
import Glibc

/// One subject alternative name.
public enum AlternativeName: Sendable, Hashable {
  case dns(String)
  /// 4 or 16 bytes.
  case address([UInt8])
  case email(String)
  case uri(String)
  case directory(DistinguishedName)
  case registeredID(String)
  /// A kind that is only named.
  case other(String)

  /// From `web1.example`, `10.0.0.1`, `DNS:…`, `IP:…`, `email:…` or `URI:…`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0].lowercased(), parts.count) {
    case ("dns", 2): self.init(name: parts[1])
    case ("ip", 2), ("ip address", 2):
      guard let bytes = Self.addressBytes(parts[1]) else { return nil }
      self = .address(bytes)
    case ("email", 2):
      guard Self.isPlain(parts[1]), parts[1].contains("@") else { return nil }
      self = .email(parts[1])
    case ("uri", 2):
      guard Self.isPlain(parts[1]) else { return nil }
      self = .uri(parts[1])
    default:
      if let bytes = Self.addressBytes(text) { self = .address(bytes) } else { self.init(name: text) }
    }
  }

  private init?(name: String) {
    let isName =
      !name.isEmpty && name.utf8.count <= 253
      && name.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2A, 0x2D, 0x2E, 0x5F].contains(byte)
      }
    guard isName else { return nil }
    self = .dns(name)
  }

  /// Nothing that separates values in OpenSSL's syntax.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 2048 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2C }
  }

  /// `DNS:web1`, `IP Address:10.0.0.1`, as OpenSSL prints them.
  public var text: String {
    switch self {
    case .dns(let name): "DNS:\(name)"
    case .address(let bytes): "IP Address:\(Self.addressText(bytes) ?? "<invalid>")"
    case .email(let name): "email:\(name)"
    case .uri(let name): "URI:\(name)"
    case .directory(let name): "DirName:" + name.attributes.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    case .registeredID(let id): "Registered ID:\(id)"
    case .other(let kind): "\(kind):<unsupported>"
    }
  }

  /// The name or address alone; nil for the other kinds.
  public var bare: String? {
    switch self {
    case .dns(let name): name
    case .address(let bytes): Self.addressText(bytes)
    default: nil
    }
  }

  /// In the syntax that OpenSSL reads; nil for what is not made here.
  var configuration: String? {
    switch self {
    case .dns(let name): "DNS:\(name)"
    case .address(let bytes): Self.addressText(bytes).map { "IP:\($0)" }
    case .email(let name): "email:\(name)"
    case .uri(let name): "URI:\(name)"
    case .directory, .registeredID, .other: nil
    }
  }

  public static func addressBytes(_ text: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, text, &four) == 1 { return four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, text, &sixteen) == 1 ? sixteen : nil
  }

  private static func addressText(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: 64)
    guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
      return nil
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Reads OpenSSL's list, which stays its owner's.
  static func all(in stack: OpaquePointer) -> [AlternativeName] {
    (0..<max(0, ossl_OPENSSL_sk_num(stack))).compactMap { index in
      guard let name = ossl_OPENSSL_sk_value(stack, index) else { return nil }
      var kind: Int32 = -1
      guard let value = ossl_GENERAL_NAME_get0_value(OpaquePointer(name), &kind) else { return nil }
      let object = OpaquePointer(value)
      switch kind {
      case 1: return .email(StringValue.text(object))
      case 2: return .dns(StringValue.text(object))
      case 4: return .directory(DistinguishedName(object))
      case 6: return .uri(StringValue.text(object))
      case 7: return .address(StringValue.bytes(object))
      case 8: return .registeredID(ObjectName.digits(object))
      case 3: return .other("X400Name")
      case 5: return .other("EdiPartyName")
      default: return .other("othername")
      }
    }
  }
}
