import Testing

/// States on a host whose programs are scripted; comments and changes are Salt 3008's.
@Suite struct ScriptedStateTests {
  @Test(arguments: try ScriptedStateCase.all()) func isAsInSalt(_ item: ScriptedStateCase) async throws {
    try await item.run()
  }
}
