import Foundation
import GRDB
import Value

/// Values as MessagePack in a column. GRDB binds blobs as Foundation's `Data`: the one place that needs it.
enum Blob {
  static func encode(_ value: Value) -> Data { Data(MessagePackWriter.encode(value)) }
  static func data(_ bytes: [UInt8]) -> Data { Data(bytes) }

  static func decode(_ row: Row, _ column: String) throws -> Value {
    try MessagePackReader.decode(bytes(row, column) ?? [])
  }

  static func bytes(_ row: Row, _ column: String) -> [UInt8]? {
    let data: Data? = row[column]
    return data.map { Array($0) }
  }
}
