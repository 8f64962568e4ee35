import Testing

@testable import Modules

/// Facts of Python's `packaging`.
@Suite struct PythonVersionTests {
  /// Ordered as PEP 440 says.
  private static let ordered = [
    "0.9", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
    "1.0b2.post345.dev456",
    "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34",
    "1.0.post456", "1.0.15", "1.1.dev1", "1!0.1",
  ]

  @Test func areOrdered() throws {
    let versions = try Self.ordered.map { try #require(PythonVersion($0)) }
    for index in versions.indices {
      for other in versions.indices {
        #expect((versions[index] < versions[other]) == (index < other), "\(Self.ordered[index]) \(Self.ordered[other])")
      }
    }
  }

  @Test(arguments: [
    ("1.0", "1"), ("1.0-1", "1.0.post1"), ("v1.0ALPHA", "1.0a0"), ("1.0-rc.2", "1.0rc2"), ("1_dev3", "1.dev3"),
  ])
  func areTheSame(_ one: String, _ two: String) { #expect(PythonVersion(one) == PythonVersion(two)) }

  @Test(arguments: ["", "x", "1.", "1..2", "1.0x", "1.0+", "99999999999999999999", "1 0"])
  func areNone(_ text: String) { #expect(PythonVersion(text) == nil) }

  @Test(arguments: [
    ("a==1.0", "1.0.0", true), ("a==1.0", "1.0+x", true), ("a==1.0+y", "1.0+x", false), ("a==1.*", "1.7", true),
    ("a!=1.*", "1.7", false), ("a>=1,<2", "2.0", false), ("a>=1,<2", "1.9", true), ("a<2", "2.0rc1", false),
    ("a>=1", "2.0rc1", false), ("a>=1rc0", "2.0rc1", true), ("a>1.0", "1.0.post1", false), ("a>1.0", "1.0+x", false),
    ("a~=1.4.2", "1.4.9", true), ("a~=1.4.2", "1.5", false), ("a ~= 1.4", "1.9", true), ("a===1.0", "1.0.0", false),
    ("a[x,y]>1; python_version>'3'", "1.1", true), ("a (>=2)", "1.1", false), ("a @ https://h/a.whl", "7", true),
  ])
  func areFulfilled(_ requirement: String, _ version: String, _ isFine: Bool) throws {
    let requirement = try PythonRequirement(requirement)
    #expect(requirement.name == "a")
    #expect(requirement.isFulfilled(by: version) == isFine)
  }

  @Test(arguments: [
    ("git+https://h/x.git#egg=My_App[extra]", "my-app"), ("https://h/foo-1.0.tar.gz", ""), ("/srv/pkg", ""),
    ("https://h/Foo_Bar-1.2-py3-none-any.whl", "foo-bar"), ("./x", ""),
  ])
  func areNamed(_ text: String, _ name: String) throws { #expect(try PythonRequirement(text).name == name) }

  @Test(arguments: ["-r x", "a=1", "a>>1", "a 1", "a>=", "a>=1 2", ""])
  func areRefused(_ text: String) { #expect(throws: StateRefusal.self) { try PythonRequirement(text) } }
}
