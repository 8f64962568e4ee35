import HostSystem
import Identity
import Sealing
import Store
import Value
import Wire
import ZeroMQ

/// Makes root's operator key when the master starts for the first time, so that `brine` works at once on the master.
enum FirstOperator {
  static func make(
    configuration: MasterConfiguration, masterKey: CurveKey, store: SQLiteStore, files: HostFiles
  ) throws {
    let identity = OperatorIdentity.generate(
      name: "root", endpoint: "ipc://\(configuration.runDirectory)/operators.sock", masterKey: masterKey)
    try identity.save("\(configuration.configurationDirectory)/operator.key", files: files)
    try store.commit([
      .saveOperator(
        StoredOperator(
          name: "root", role: Role.admin.name, publicKey: identity.keys.publicKey.description,
          sealingKey: identity.sealingKey.publicKey, added: .now()))
    ])
  }
}
