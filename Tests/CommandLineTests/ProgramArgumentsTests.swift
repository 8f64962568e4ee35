import CommandLine
import Testing

@Suite struct ProgramArgumentsTests {
  @Test(
    arguments: [
      ([], []), (["run", "*", "test.ping"], ["run", "*", "test.ping"]),
      (["--config", "/d", "run", "*"], ["run", "*", "--config", "/d"]),
      (["--config=/d", "run"], ["run", "--config=/d"]),
      (["--config", "/d", "run", "*", "cmd.run", "--", "-x"], ["run", "*", "cmd.run", "--config", "/d", "--", "-x"]),
      (["run", "--config", "/d"], ["run", "--config", "/d"]), (["--config"], ["--config"]),
      (["--config", "/d"], ["--config", "/d"]), (["--config=/d"], ["--config=/d"]),
      (["--verbose", "--config", "/d", "run"], ["--verbose", "--config", "/d", "run"]),
      (["--config", "/a", "--config=/b", "run"], ["run", "--config", "/a", "--config=/b"]),
      (["--configure", "run"], ["--configure", "run"]),
    ] as [([String], [String])])
  func optionsBeforeTheSubcommandGoBehindIt(_ arguments: [String], _ normalized: [String]) {
    #expect(ProgramArguments.normalized(arguments) == normalized)
  }
}
