import OrderedCollections
import Value

/// Puts a mark before each text that has a PGP message in it: it is to be decrypted when everything is merged, and only
/// if it is still there then.
enum CipherMarking {
  static func mark(_ value: Value, _ mark: String) -> Value {
    switch value {
    case .map(let map): .map(map.mapValues { self.mark($0, mark) })
    case .list(let items): .list(items.map { self.mark($0, mark) })
    case .string(let text) where text.holds(CipherText.pgpBegin) && !text.hasPrefix(mark): .string(mark + text)
    default: value
    }
  }
}
