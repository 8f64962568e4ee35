import Functions
import HostSystem
import OpenSSL
import Value

extension TLSRotation {
  func paths(_ version: Int) -> (nextKey: String, previousKey: String, previousCertificate: String) {
    (
      "\(settings.key).next-\(version)", "\(settings.key).previous-\(version)",
      "\(settings.certificate).previous-\(version)"
    )
  }

  /// A regular file under its own name: a rename over a link would leave the file it points to as it was.
  func checkPath(_ path: String) throws {
    guard path.hasPrefix("/"), !path.contains("\0") else {
      throw FunctionError(.badArguments, "'\(path)' is not an absolute path.")
    }
    guard let status = files.status(path, followingLinks: false) else {
      throw FunctionError(.notFound, "\(path) does not exist; there is nothing to rotate.")
    }
    guard status.kind == .file else {
      throw FunctionError(
        .badArguments, "\(path) is not a regular file (it is a \(status.kind.rawValue)).",
        hint: files.linkTarget(path).map { "It points to \($0); name that file." })
    }
  }

  /// The names of the old certificate, unless others are given.
  func subject(replacing old: Certificate) throws -> CertificateSubject {
    let name = settings.commonName.map { DistinguishedName(commonName: $0) } ?? old.subject
    let names =
      settings.alternativeNames.isEmpty
      ? try old.alternativeNames() : try CertificateNames.alternativeNames(settings.alternativeNames)
    return CertificateSubject(name: name, alternativeNames: names)
  }

  /// The new certificate, once it is seen to belong to the new key.
  func checkedCertificate(_ material: RotationMaterial) throws -> String {
    guard let text = material.notes[Note.certificate] else {
      throw FunctionError(.failed, "the new certificate of \(settings.certificate) is not there yet")
    }
    let certificate = try CertificateFile.parse(Array(text.utf8), name: "the new certificate")
    guard try certificate.publicKey().isSamePair(as: NewKey(pem: material.secret).key) else {
      throw FunctionError(.failed, "the new certificate does not belong to the new key")
    }
    return text
  }

  /// Copies with mode and owner, once.
  func keep(_ path: String, as copy: String) throws {
    guard !files.exists(copy), let status = files.status(path) else { return }
    try files.write(copy, try files.read(path), mode: status.mode, owner: (status.uid, status.gid))
  }

  func restore(_ path: String, from copy: String) throws {
    guard let status = files.status(copy) else { return }
    try files.write(path, try files.read(copy), mode: status.mode, owner: (status.uid, status.gid))
  }

  func reload() async throws {
    if settings.pidFile != nil {
      let result = try await context.commands.run("kill", "-HUP", String(try serverProcess()))
      guard result.isSuccess else {
        throw FunctionError(.failed, "The server could not be told to reload: \(result.errorText.trimmed())")
      }
    }
    guard let unit = settings.unit else { return }
    try await systemctl("reload-or-restart", unit)
  }

  /// The process that `reload_pid_file` names.
  func serverProcess() throws -> Int32 {
    let path = settings.pidFile ?? ""
    guard path.hasPrefix("/"), let line = files.firstLine(path), let process = Int32(line), process > 1 else {
      throw FunctionError(.badArguments, "'\(path)' does not hold the id of a process.")
    }
    return process
  }

  func checkUnitIsActive() async throws {
    guard let unit = settings.unit else { return }
    try await systemctl("is-active", unit)
  }

  private func systemctl(_ verb: String, _ unit: String) async throws {
    var command = Command("systemctl", verb, "--", unit)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = .seconds(120)
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      let words = (result.errorText + result.outputText).prefix(500).trimmed()
      throw FunctionError(.failed, "systemctl \(verb) \(unit) ended with \(result.exitCode): \(words)")
    }
  }

  /// Asks until the new certificate is served or the deadline passes: a reload returns before the workers have changed.
  func checkServed(_ fingerprint: String) async throws {
    guard let endpoint = settings.endpoint else { return }
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(settings.checkTimeout))
    var pause = Duration.milliseconds(50)
    var last = "nothing was served"
    while true {
      let left = clock.now.duration(to: deadline)
      guard left > .zero else { break }
      do {
        let served = try await ServedCertificate.fetch(
          host: endpoint.host, port: endpoint.port, serverName: settings.serverName, timeout: left,
          commands: context.commands
        ).fingerprint()
        if served == fingerprint { return }
        last = "it serves \(served)"
      } catch let error as FunctionError { last = error.message }
      try await Task.sleep(for: min(pause, max(.zero, clock.now.duration(to: deadline))))
      pause = min(pause * 2, .seconds(1))
    }
    throw FunctionError(
      .failed, "\(endpoint) does not serve the new certificate after \(settings.checkTimeout) s: \(last)")
  }
}
