import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Names, arguments and shapes are those of Salt 3008 beside the same packages.
@Suite struct PkgCatalogueTests {
  static let database = """
    install ok installed\taa\t1.0-1\tall
    install ok installed\tbb\t1:2.0\tamd64

    """

  @Test func listsVersionsOnOffer() async throws {
    let output = "Package: aa\nVersion: 2.0-1\nDescription: x\n more\n\nPackage: aa\nVersion: 1.0-1\n\n"
    let host = PkgTestHost(
      before: Self.database,
      [
        "apt-cache -q show -- aa nosuch": CommandResult(exit: 100, output, error: "E: No packages found\n"),
        "apt-cache -q dump": CommandResult(exit: 0, "Package: aa\n Version: 3\n     File: x\nPackage: v\n"),
      ])
    #expect(try await host.call("pkg.list_repo_pkgs", ["aa", "nosuch"]) == ["aa": ["2.0-1", "1.0-1"]])
    #expect(try await host.call("pkg.list_repo_pkgs") == ["aa": ["3"]])
    #expect(
      try await host.call("pkg.show", ["aa", "nosuch"], ["filter": "description"])
        == ["aa": ["2.0-1": ["Description": "x"], "1.0-1": [:]]])
  }

  @Test func listsFilesByPackage() async throws {
    let host = PkgTestHost(
      before: Self.database,
      ["dpkg-query -L -- aa bb": CommandResult(exit: 0, "/.\n/usr\n\n/.\npackage diverts others to: /x\n/etc\n")])
    #expect(
      try await host.call("pkg.file_dict", ["aa", "bb", "cc"])
        == ["errors": ["package cc is not installed"], "packages": ["aa": ["/.", "/usr"], "bb": ["/.", "/etc"]]])
  }

  @Test func namesTheOwner() async throws {
    let host = PkgTestHost(before: Self.database, ["dpkg-query -S -- /f": CommandResult(exit: 0, "aa: /f\n")])
    try host.files.write("/f", text: "")
    #expect(try await host.call("pkg.which", ["/f"]) == "aa")
    #expect(try await host.call("pkg.which", ["/nosuch"]) == false)
    #expect(try await host.call("pkg.which", ["f"]) == false)
  }

  @Test(
    arguments: [
      ("pkg.normalize_name", ["aa:amd64"], "aa"), ("pkg.normalize_name", ["aa:i386"], "aa:i386"),
      ("pkg.normalize_name", ["aa:all"], "aa"), ("pkg.parse_arch", ["aa:i386"], ["name": "aa", "arch": "i386"]),
      ("pkg.parse_arch", ["aa"], ["name": "aa", "arch": .null]),
    ] as [(String, [Value], Value)])
  func takesNamesApart(_ function: String, _ words: [Value], _ answer: Value) async throws {
    #expect(try await PkgTestHost(before: "").call(function, words) == answer)
  }

  @Test func changesSelections() async throws {
    let host = PkgTestHost(
      before: Self.database,
      [
        "dpkg --get-selections": CommandResult(exit: 0, "aa\tinstall\nbb\thold\n"),
        "dpkg --set-selections": CommandResult(exit: 0),
      ])
    // dpkg did not take it: nothing changed.
    #expect(try await host.call("pkg.set_selections", [], ["selection": ["hold": ["aa", "bb"]]]) == [:])
    #expect(try await host.call("pkg.set_selections", [], ["selection": ["hold": ["bb"]]]) == [:])
    #expect(host.lines.filter { $0 == "dpkg --set-selections" }.count == 1)
    for (selection, message) in [
      (["x": ["aa"]], "Invalid state(s): x"), (["hold": ["aa\nbb install"]], "is not a package"),
    ]
      as [(Value, String)]
    {
      let error = await packageError { try await host.call("pkg.set_selections", [], ["selection": selection]) }
      #expect(error?.message.contains(message) == true)
    }
    #expect(host.lines.filter { $0 == "dpkg --set-selections" }.count == 1)
  }

  @Test(
    arguments: [
      ("pkg_resource.version", ["aa"], "1.0-1"), ("pkg_resource.version", ["aa", "cc"], ["aa": "1.0-1", "cc": ""]),
      ("pkg_resource.version_compare", ["1.0", "<", "1.0.1"], true),
      ("pkg_resource.version_compare", ["1:1.0", "<", "2.0"], false),
      ("pkg_resource.format_version", [1, "2", "3"], "1:2-3"), ("pkg_resource.format_version", ["", "2", ""], "2"),
      ("pkg_resource.version_clean", ["1.0-1"], "1.0-1"), ("pkg_resource.check_extra_requirements", ["aa", "1"], true),
    ] as [(String, [Value], Value)])
  func hasWhatFormulasShare(_ function: String, _ words: [Value], _ answer: Value) async throws {
    let host = PkgTestHost(before: Self.database)
    let found = try await FunctionRegistry(PkgResourceFunctions.all).call(
      function, CallArguments(words), host.context())
    #expect(found == answer)
  }

  @Test func listsKeptArchives() async throws {
    let host = PkgTestHost(before: "")
    try host.files.makeDirectory(PackageArchive.directory)
    try host.files.write("\(PackageArchive.directory)/aa_1%3a2.0-1_all.deb", text: "12345")
    try host.files.write("\(PackageArchive.directory)/lock", text: "")
    let listed = try await host.call("pkg.list_downloaded")
    #expect(listed["aa"]?["1:2.0-1"]?["size"] == 5)
    #expect(listed.mapValue?.count == 1)
  }

  @Test func speaksOfHoldsAsSaltDoes() async throws {
    let host = PkgTestHost(
      before: Self.database, ["apt-mark showhold": CommandResult(exit: 0, "bb\n"), "apt-mark": CommandResult(exit: 0)])
    let held = try await host.call("pkg.hold", [], ["pkgs": ["aa", "bb"]])
    #expect(held["aa"]?["comment"] == "Package aa is now being held.")
    #expect(held["bb"]?["comment"] == "Package bb is already set to be held.")
    let tried = try await host.call("pkg.unhold", ["bb"], isTest: true)
    #expect(tried["bb"]?["result"] == .null)
    #expect(host.lines.filter { $0.hasPrefix("apt-mark unhold") }.isEmpty)
  }

  @Test func repositoryFunctions() async throws {
    let host = PkgTestHost(before: "", ["apt-get -q update": CommandResult(exit: 0)])
    try host.files.makeDirectory("/etc/apt/sources.list.d")
    let line = "deb [trusted=yes] file:/srv/two ./"
    let made = try await host.call("pkg.mod_repo", [.string(line)], ["file": "/etc/apt/sources.list.d/two.list"])
    #expect(made[line]?["line"] == .string(line))
    #expect(try await host.call("pkg.get_repo", [.string(line)])["uri"] == "file:/srv/two")
    // What is not said stays as it is.
    _ = try await host.call("pkg.mod_repo", [.string(line)], ["disabled": true, "refresh": false])
    _ = try await host.call("pkg.mod_repo", [.string(line)], ["comments": "two", "refresh": false])
    #expect(try host.files.readText("/etc/apt/sources.list.d/two.list") == "# \(line) #two\n")
    #expect(
      try await host.call("pkg.del_repo", [.string(line)], isTest: true)
        == .string("File /etc/apt/sources.list.d/two.list containing repo '\(line)' has been removed."))
    #expect(host.files.isFile("/etc/apt/sources.list.d/two.list"))
    _ = try await host.call("pkg.del_repo", [.string(line)])
    #expect(!host.files.exists("/etc/apt/sources.list.d/two.list"))
    let error = await packageError { try await host.call("pkg.del_repo", [.string(line)]) }
    #expect(error?.message == "Repo \(line) doesn't exist in the sources.list(s)")
    #expect(host.lines.filter { $0 == "apt-get -q update" }.count == 2)
  }

  @Test func repositoryKeys() async throws {
    let colons = """
      pub:-:255:22:9866833D8774C833:1795635225:::-:::scSC::::::23::0:
      fpr:::::::::C44298D19A1EFD467D6B07FF9866833D8774C833:
      uid:-::::1795635225::196F::A Test <test@example.com>::::::::::0:

      """
    let host = PkgTestHost(
      programs: ["apt-get", "dpkg-query", "gpg"], before: "", ["gpg --batch": CommandResult(exit: 0, colons)])
    let text: Value = .string(RepositoryTestKey.armored)
    #expect(try await host.call("pkg.add_repo_key", [], ["text": text, "keyfile": "x.gpg", "aptkey": false]) == true)
    #expect(try host.files.read("/etc/apt/keyrings/x.gpg") == RepositoryTestKey.bytes)
    let keys = try await host.call("pkg.get_repo_keys", [], ["aptkey": false])
    #expect(keys["9866833D8774C833"]?["uid"] == "A Test <test@example.com>")
    #expect(keys["9866833D8774C833"]?["fingerprint"] == .string(RepositoryTestKey.fingerprint))
    #expect(try await host.call("pkg.get_repo_keys") == [:])
    let missing = await packageError { try await host.call("pkg.del_repo_key", [], ["keyid": "AAAAAAAA"]) }
    #expect(missing?.code == .notFound)
    #expect(try await host.call("pkg.del_repo_key", [], ["keyid": "8774C833", "aptkey": false]) == "8774C833")
    #expect(!host.files.exists("/etc/apt/keyrings/x.gpg"))
    for keyfile in ["../x.gpg", "a/b.gpg", "-x"] {
      let named: ValueMap = ["text": text, "keyfile": .string(keyfile)]
      #expect(await packageError { try await host.call("pkg.add_repo_key", [], named) }?.code == .badArguments)
    }
  }

  /// A description may hold anything, also what looks like the end of a record.
  @Test func aHostileDescriptionEndsNoRecord() async throws {
    let commands = ScriptedCommands(programs: ["apt-get", "dpkg-query"]) { command in
      guard command.arguments.contains("--") else { return CommandResult(exit: 0, Self.database) }
      var output = command.arguments[3]
      for (field, value) in [
        ("Package", "aa"), ("Version", "1.0-1"), ("Architecture", "all"), ("Status", "install ok installed"),
        ("Description", "x\u{1F}y\u{1E}root\u{1F} ok installed"),
      ] {
        output = output.replacing("${\(field)}", with: value)
      }
      return CommandResult(exit: 0, output)
    }
    let context = FunctionContext(
      commands: commands, files: HostFiles(root: "/nonexistent"), grains: ["os_family": "Debian", "osarch": "amd64"])
    let found = try await FunctionRegistry(PkgFunctions.all).call("pkg.info_installed", CallArguments(["aa"]), context)
    #expect(found["aa"]?["description"] == "x\u{1F}y\u{1E}root\u{1F} ok installed")
    #expect(found.mapValue?.count == 1)
  }
}
