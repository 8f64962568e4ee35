import Configuration
import HostSystem
import Master

/// Each `master.yaml` is read or refused with a line.
struct ConfigurationSubject: FuzzSubject {
  let seeds = [
    "pillar_roots:\n  base: [/srv/pillar]\n  __env__: [/srv/__env__]\next_pillar:\n  - cmd_yaml: cat /x/%s\n  - executable: [/bin/x, a]\n",
    "ext_pillar:\n  - git:\n    - master https://git.example.com/p.git:\n      - root: pillar\n      - env: base\n      - user: a\n      - password: b\n",
    "fileserver_backend: [roots, git]\ngitfs_remotes:\n  - git@example.com:x.git:\n    - base: main\n    - saltenv: [{qa: [{ref: dev}, {root: q}]}]\n    - saltenv_whitelist: ['a*']\n",
    "decrypt_pillar:\n  - a:b\n  - c: gpg\npillar_source_merging_strategy: overwrite\nnodegroups: {web: 'web* or N@db', db: [db1]}\n",
    "roles:\n  deploy:\n    targets: ['G@os:Debian']\n    functions: [pkg.*]\n    keys: true\nfile_ignore_regex: ['/\\.svn']\nkeep_jobs: 30d\n",
  ]
  let tokens = [
    "pillar_roots:", "ext_pillar:", "gitfs_remotes:", "gitfs_base: ", "git_pillar_branch: ", "roles:", "nodegroups:",
    "base:", "- ",
    "\n", "\n  ", ": ", "{", "}", "[", "]", "~", "true", "-1", "99999999999999999999", "'", "\"", "/", "..", "ext::",
    "https://", "salt://",
    "password: ", "privkey: ", "saltenv: ", "ref_types: ", "cmd_json: ", "executable: ", "git: ", "&a ", "*a", "\u{0}",
    "é", "(a+)+$", "%s",
    "N@web", "1h", "pillar_timeout: ", "file_roots: ", "__env__", "update_interval: ", "fleet_port: ",
  ]
  private let directory: String

  init(directory: String) throws {
    self.directory = directory
    try HostFiles().makeDirectory(directory)
  }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    do {
      try HostFiles().write("\(directory)/master.yaml", input, mode: 0o600)
      _ = try MasterConfiguration(directory: directory)
      return .accepted
    } catch let error as ConfigurationError {
      return error.message.isEmpty ? .wrong("no words: \(error)") : .refused(error.message)
    } catch {
      return .wrong("another error: \(error)")
    }
  }
}
