import HostSystem
import TestSupport
import Testing
import Value

/// Secrets stay where they are made.
@Suite(.serialized) struct SecretsTests {
  /// A real TLS server that takes its files anew when the certificate changes, as servers that watch theirs do.
  private static let server = """
    while :; do
      openssl s_server -accept 127.0.0.1:"$3" -cert "$1" -key "$2" -quiet -www </dev/null >/dev/null 2>&1 &
      server=$!
      sum=$(cksum <"$1")
      while [ "$(cksum <"$1")" = "$sum" ]; do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
      done
      kill "$server" 2>/dev/null
      wait "$server" 2>/dev/null
      sleep 0.05
    done
    """

  @Test(.timeLimit(.minutes(2)), .enabled(if: Programs.hasOpenSSL, "needs the openssl program"))
  func rotatesATLSKeyThatARealServerServes() async throws {
    try await withFleet { fleet in
      let certificate = "\(fleet.directory)/site.crt"
      let key = "\(fleet.directory)/site.key"
      let made = try await fleet.run([
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        "-subj", "/CN=web1", "-addext", "subjectAltName=DNS:web1,IP:127.0.0.1", "-keyout", key, "-out", certificate,
      ])
      #expect(made.exitCode == 0)
      let port = try RawConnection.freePort()
      let server = try ChildProcess(
        ["/bin/sh", "-c", Self.server, "sh", certificate, key, "\(port)"], environment: fleet.environment)
      func served() async throws -> String? {
        let result = try await fleet.run([
          "sh", "-c",
          "openssl s_client -connect 127.0.0.1:\(port) </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256",
        ])
        return result.isSuccess ? result.outputText.trimmed() : nil
      }
      let before = try await eventually("the server serves") { try await served() }
      let former = try HostFiles().readText(key)

      let result = try await fleet.brine(
        "run", "web1", "credential.rotate", "kind=tls", "certificate=\(certificate)", "key=\(key)",
        "check=127.0.0.1:\(port)", "check_timeout=15", "--out", "json")
      #expect(result.exitCode == 0, "\(result.outputText)\(result.errorText)")
      let answer = try fleet.json(result)["web1"]
      #expect(answer?["result"] == "rotated")
      #expect(answer?["version"] == 1)
      let after = try await served()
      #expect(after != nil && after != before)
      let current = try HostFiles().readText(key)
      #expect(current != former)
      #expect(HostFiles().status(key)?.mode == 0o600)

      // The key's own line is in the key's file and nowhere else: not in the store, a log, the spool or a result.
      let marker = try #require(current.splitLines().dropFirst().first)
      #expect(marker.utf8.count >= 40)
      let holders = try filesHolding(marker, below: fleet.directory)
      #expect(holders == [key])
      #expect(!(result.outputText + result.errorText).contains(marker))
      await server.end()
    }
  }

  private func filesHolding(_ text: String, below directory: String) throws -> [String] {
    var found: [String] = []
    for name in try HostFiles().entries(directory) {
      let path = "\(directory)/\(name)"
      switch HostFiles().status(path, followingLinks: false)?.kind {
      case .dir?: found += try filesHolding(text, below: path)
      case .file?:
        if String(decoding: try HostFiles().read(path, limit: 1 << 28), as: UTF8.self).contains(text) {
          found.append(path)
        }
      default: break
      }
    }
    return found
  }

  /// What only root and the program may read is so from its first moment.
  @Test(.timeLimit(.minutes(2))) func keepsKeysAndStateToItself() async throws {
    try await withFleet { fleet in
      let minion = fleet.minionDirectory("web1")
      for (path, mode) in [
        ("\(fleet.masterDirectory)/master.key", 0o600), ("\(fleet.masterDirectory)/operator.key", 0o600),
        ("\(fleet.masterDirectory)/state", 0o700), ("\(fleet.masterDirectory)/state/brine.db", 0o600),
        ("\(fleet.masterDirectory)/state/audit.log", 0o600), ("\(minion)/minion.key", 0o600),
        ("\(minion)/state", 0o700), ("\(minion)/state/jobs", 0o700),
      ] as [(String, UInt32)] {
        #expect(HostFiles().status(path)?.mode == mode, "\(path)")
      }
      let socket = HostFiles().status("\(fleet.masterDirectory)/run/operators.sock")
      #expect((socket?.mode ?? 0o777) & 0o077 == 0)
      // An operator's key that others can read is not used.
      try HostFiles().makeDirectory("\(fleet.directory)/open")
      let key = try HostFiles().read("\(fleet.masterDirectory)/operator.key")
      try HostFiles().write("\(fleet.directory)/open/operator.key", key, mode: 0o644)
      let refused = try await fleet.brine("keys", "list", config: "\(fleet.directory)/open")
      #expect(refused.exitCode == 2)
      #expect(refused.errorText.contains("chmod 600"))
    }
  }
}
