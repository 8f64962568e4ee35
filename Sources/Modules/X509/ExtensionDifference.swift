import OpenSSL
import OrderedCollections
import Value

/// How the extensions of what is there differ from those that are wanted.
struct ExtensionDifference {
  private var added: [String] = []
  private var changed: [String] = []
  private var removed: [String] = []

  init(from current: [CertificateExtension], to wanted: [CertificateExtension]) {
    for item in wanted {
      guard let present = current.first(where: { $0.name == item.name }) else {
        added.append(item.name)
        continue
      }
      if present != item { changed.append(item.name) }
    }
    removed = current.map(\.name).filter { name in !wanted.contains { $0.name == name } }
  }

  var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }

  var value: Value {
    ["added": .strings(added), "changed": .strings(changed), "removed": .strings(removed)]
  }
}
