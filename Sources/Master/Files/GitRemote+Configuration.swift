import Configuration
import OrderedCollections
import Value

extension GitRemote {
  /// `gitfs_remotes`, with what is set for all of them (`gitfs_base` and so on).
  static func read(_ file: inout ConfigurationFile) throws(ConfigurationError) -> [GitRemote] {
    let names = GitRemoteReader.access + GitRemoteReader.files
    var general = general("gitfs_", names, &file)
    general["update_interval"] = .int(Int64(try file.int("gitfs_update_interval", default: 60, in: 5...86_400)))
    let known = names + ["all_saltenvs", "name", "update_interval"]
    let reader = GitRemoteReader(general: general, known: known)
    let items = file.value("gitfs_remotes")?.listValue ?? []
    let place = file.place(of: "gitfs_remotes")
    var remotes: [GitRemote] = []
    for item in items {
      do throws(GitRemoteReader.Fault) {
        let (url, options) = try reader.remote(item)
        remotes.append(try GitRemoteReader.remote(url, options))
      } catch {
        throw ConfigurationError(file: place.file, line: place.line, "'gitfs_remotes': \(error.message)")
      }
    }
    return remotes
  }

  /// The settings of this prefix, by names without it.
  static func general(_ prefix: String, _ names: [String], _ file: inout ConfigurationFile) -> ValueMap {
    var general: ValueMap = [:]
    for name in names { if let value = file.value(prefix + name) { general[name] = value } }
    return general
  }
}
