import HostSystem
import Value

/// Listening and connected sockets from netstat(8) or ss(8), in one shape.
enum SocketList {
  static func netstat(_ output: String) -> [Value] {
    output.splitLines().compactMap { line in
      let fields = line.fields()
      if line.hasPrefix("tcp"), fields.count > 8 {
        return entry(Array(fields[0...4]), state: fields[5], user: fields[6], inode: fields[7], program: fields[8])
      }
      if line.hasPrefix("udp"), fields.count > 7 {
        // A connected socket has a state, an open one has a blank there.
        let hasState = fields[5].first?.isLetter == true && fields.count > 8
        let rest = fields.dropFirst(hasState ? 6 : 5)
        return entry(
          Array(fields[0...4]), state: nil, user: rest.first ?? "", inode: rest.dropFirst().first ?? "",
          program: rest.dropFirst(2).first ?? "")
      }
      return nil
    }
  }

  static func ss(_ output: String) -> [Value] {
    output.splitLines().compactMap { line in
      let fields = line.fields()
      guard line.hasPrefix("tcp") || line.hasPrefix("udp"), fields.count > 5 else { return nil }
      var user = "0"
      var inode = "0"
      var program = ""
      for field in fields.dropFirst(6) {
        let parts = field.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { continue }
        switch parts[0] {
        case "users":
          let quoted = parts[1].split(separator: "\"", omittingEmptySubsequences: false)
          if quoted.count > 1 { program = String(quoted[1]) }
        case "uid": user = parts[1]
        case "ino": inode = parts[1]
        default: break
        }
      }
      let state = fields[1] == "ESTAB" ? "ESTABLISHED" : fields[1]
      return entry(
        [fields[0], fields[2], fields[3], fields[4], fields[5]], state: line.hasPrefix("tcp") ? state : nil, user: user,
        inode: inode, program: program)
    }
  }

  private static func entry(
    _ fields: [String], state: String?, user: String, inode: String, program: String
  ) -> Value {
    var entry: ValueMap = [
      "proto": .string(fields[0]), "recv-q": .string(fields[1]), "send-q": .string(fields[2]),
      "local-address": .string(fields[3]), "remote-address": .string(fields[4]),
    ]
    if let state { entry["state"] = .string(state) }
    entry["user"] = .string(user)
    entry["inode"] = .string(inode)
    entry["program"] = .string(program)
    return .map(entry)
  }
}
