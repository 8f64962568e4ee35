import Glibc

/// Filters that look at the host the template is rendered on. They only read; what would go to the network is refused.
enum HostFilters {
  static var all: [Filter] {
    [
      refused("http_query", "a template may not reach the network", "call salt['http.query'] where that is offered"),
      refused(
        "dns_check", "a template may not reach the network", "use the address, or a grain or pillar that holds it"),
      Filter("which", "which") { value, _, evaluation in
        let name = try evaluation.text(value)
        return name.isEmpty || name.utf8.contains(0) ? .none : HostFile.program(name).map(TemplateValue.string) ?? .none
      },
      Filter("get_uid", "get_uid") { value, _, evaluation in
        if value.isNone { return .int(Int64(geteuid())) }
        return HostFile.user(try evaluation.string(evaluation.defined(value))).map { .int(Int64($0)) } ?? .none
      },
      Filter("is_empty", "is_empty") { value, _, evaluation in
        .bool(HostFile(try evaluation.text(value)).size == 0)
      },
      Filter("is_bin_file", "is_binary") { value, _, evaluation in
        let file = HostFile(try evaluation.text(value))
        return .bool(file.isRegular && (file.bytes(limit: 2048).map(HostFile.isBinary) ?? false))
      },
      Filter("is_text_file", "is_text", .optional("blocksize", .int(512))) { value, given, evaluation in
        let limit = min(max(try evaluation.integer(given[0]), 0), 1 << 20)
        let bytes = HostFile(try evaluation.text(value)).bytes(limit: limit)
        return .bool(bytes.map { !HostFile.isBinary($0) } ?? false)
      },
      Filter("file_hashsum", "get_hash", .optional("form", .string("sha256")), .optional("chunk_size", .int(65536))) {
        value, given, evaluation in
        let path = try evaluation.text(value)
        guard let bytes = HostFile(path).bytes(limit: 256 << 20) else {
          throw TemplateFailure(
            .operation, HostFile(path).failure)
        }
        return .string(try DigestFilters.digest(of: bytes, evaluation.text(given[0])))
      },
      Filter("list_files", "list_files") { value, _, evaluation in
        let path = try evaluation.text(value)
        var output = [path]
        try HostFile.walk(path, depth: 0) { found in
          try evaluation.charge()
          try evaluation.claim(bytes: found.utf8.count + 32)
          output.append(found)
        }
        return try evaluation.list(output.map(TemplateValue.string))
      },
      Filter("path_join") { value, arguments, evaluation in
        let options = arguments.named.filter { $0.name != "use_posixpath" }
        if let (name, value) = options.first {
          throw TemplateFailure(
            .operation,
            "The following keyword arguments are not valid: \(name)=\(try evaluation.text(value))")
        }
        let parts = try ([value] + arguments.positional).map {
          String(decoding: try evaluation.bytes($0), as: UTF8.self)
        }
        return .string(HostFile.joined(parts))
      },
    ]
  }

  private static func refused(_ name: String, _ reason: String, _ hint: String) -> Filter {
    Filter(name) { _, _, _ in
      throw TemplateFailure(.unknownName, "the filter '\(name)' is not offered: \(reason)", hint: hint)
    }
  }
}
