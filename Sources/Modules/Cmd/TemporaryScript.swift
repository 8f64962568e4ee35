import Functions
import Hashing
import HostSystem
import Value

/// A program's text in a file of its own for as long as it runs.
struct TemporaryScript: ~Copyable {
  let path: String
  private let files: HostFiles

  /// - Parameter owner: who runs it; the file can be read by nobody else.
  init(_ content: [UInt8], suffix: String = "", owner: RunAs?, _ context: FunctionContext) throws {
    files = context.files
    let directory = context.options["tmp_dir"]?.stringValue ?? "/tmp"
    let name = "\(directory)/brine-script-\(Hexadecimal.text(try KernelRandom.bytes(12)))\(suffix)"
    try files.write(name, content, mode: 0o500, owner: owner.map { ($0.uid, $0.gid) })
    path = name
  }

  deinit { try? files.remove(path) }
}
