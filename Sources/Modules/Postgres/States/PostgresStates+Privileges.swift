import Functions
import Value

extension PostgresStates {
  static let extensions: [StateFunction] = [
    state("extension", "present", "Has an extension in a database.", [name] + PostgresFunctions.extensionWords) {
      arguments, server, isTest in
      let name = arguments.string("name")
      let states = try await lookUp(isTest, [.missing]) {
        try await server.state(
          ofExtension: name, schema: arguments.optionalString("schema"),
          version: arguments.optionalString("ext_version"))
      }
      guard states != [.installed] else { return StateResult(true, "Extension \(name) is already present") }
      let mode = states == [.missing] ? "install" : "upgrade"
      let done = mode + (mode == "upgrade" ? "d" : "ed")
      if isTest { return StateResult(nil, "Extension \(name) is set to be \(done)") }
      do {
        guard try await server.createExtension(name, arguments) else {
          return StateResult(false, "Failed to \(mode) extension \(name)")
        }
      } catch { return StateResult(false, "Failed to \(mode) extension \(name)\n\(reason(error))") }
      let change = done.prefix(1).uppercased() + done.dropFirst()
      return StateResult(
        true, "The extension \(name) has been \(done)", changes: [.string(name): .string(change)])
    },
    absent(
      "extension", "Extension", { try await $1.installedExtensions()[$0["name"]] != nil },
      { try await $1.dropExtension($0.string("name"), $0) }, parameters: PostgresFunctions.dropWords),
  ]

  static let privileges: [StateFunction] = [
    state("privileges", "present", "Has a role have privileges.", [name] + PostgresFunctions.privilegeWords) {
      arguments, server, isTest in
      let grant = try PostgresGrant(arguments)
      guard try await lookUp(isTest, false, { try await grant.isThere(server) }) == false else {
        return StateResult(true, "The requested privilege(s) are already set")
      }
      if isTest {
        return StateResult(nil, "The privilege(s): \(grant.shown) are set to be granted to \(grant.role)")
      }
      do { try await grant.give(server) } catch {
        return StateResult(
          false, "Failed to grant privilege(s): \(grant.shown) to \(grant.role)\n\(reason(error))")
      }
      return StateResult(
        true, "The privilege(s): \(grant.shown) have been granted to \(grant.role)",
        changes: [.string(grant.role): "Present"])
    },
    state(
      "privileges", "absent", "Has a role not have privileges.",
      [name] + PostgresFunctions.privilegeWords.filter { $0.name != "grant_option" }
    ) { arguments, server, isTest in
      let grant = try PostgresGrant(arguments)
      guard try await lookUp(isTest, false, { try await grant.isThere(server) }) else {
        return StateResult(true, "The requested privilege(s) are not set so cannot be revoked")
      }
      if isTest {
        return StateResult(nil, "The privilege(s): \(grant.shown) are set to be revoked from \(grant.role)")
      }
      do { try await grant.take(server) } catch {
        return StateResult(
          false, "Failed to revoke privilege(s): \(grant.shown) from \(grant.role)\n\(reason(error))")
      }
      return StateResult(
        true, "The privilege(s): \(grant.shown) have been revoked from \(grant.role)",
        changes: [.string(grant.role): "Absent"])
    },
  ]
}
