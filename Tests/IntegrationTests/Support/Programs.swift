import Glibc
import HostSystem

/// Where the programs under test are: beside the test bundle, or in `BRINE_BIN`.
enum Programs {
  static let directory: String = {
    if let chosen = variable("BRINE_BIN") { return chosen }
    let own = HostFiles().linkTarget("/proc/self/exe") ?? Swift.CommandLine.arguments[0]
    var directory = own
    // The test binary lies in the products' directory, or in a bundle below it.
    for _ in 0..<5 {
      guard let slash = directory.lastIndex(of: "/") else { break }
      directory = String(directory[..<slash])
      if HostFiles().isExecutable("\(directory)/brine") { return directory }
    }
    return variable("PWD").map { "\($0)/.build/debug" } ?? ".build/debug"
  }()

  static var brine: String { "\(directory)/brine" }
  static var minion: String { "\(directory)/brine-minion" }
  static let hasOpenSSL = HostFiles().isExecutable("/usr/bin/openssl")

  /// What programs are started with: nothing of the user's own configuration.
  static func environment(home: String) -> [String: String] {
    var entries = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home]
    entries["LC_ALL"] = "C.UTF-8"
    if let path = variable("LD_LIBRARY_PATH") { entries["LD_LIBRARY_PATH"] = path }
    return entries
  }

  static func variable(_ name: String) -> String? {
    guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
    return text
  }
}
