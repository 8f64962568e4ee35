import Testing

@testable import Modules

@Suite struct AptRepositoryLineTests {
  @Test(arguments: [
    "deb http://deb.debian.org/debian bookworm main",
    "deb [arch=amd64,arm64 signed-by=/etc/apt/keyrings/x.asc] https://x.example stable main contrib",
    "# deb [trusted=yes] file:/srv/repo ./", "deb-src http://x.example/ ./ #ours",
    "deb [arch-=i386 lang=de] cdrom:[Debian GNU/Linux 12 _Bookworm_]/ bookworm main",
  ])
  func writesWhatItReads(_ text: String) throws {
    #expect(try #require(AptRepositoryLine(text)).text == text)
  }

  @Test(arguments: [
    "", "deb", "deb http://x", "# deb is short for Debian package", "debx http://x y z", "rpm http://x y z",
    "deb [arch=amd64 http://x y z", "deb [arch] http://x y z", "http://x y z",
  ])
  func refusesWhatIsNone(_ text: String) { #expect(AptRepositoryLine(text) == nil) }

  @Test func readsItsParts() throws {
    let line = try #require(
      AptRepositoryLine("##  deb\t[ arch=amd64 Signed-By=/k.gpg trusted=no ]  http://x/ s  a   b # c"))
    #expect(line.isDisabled)
    #expect(line.architectures == ["amd64"])
    #expect(line.signedBy == "/k.gpg")
    #expect(line.isTrusted == false)
    #expect(line.components == ["a", "b"])
    #expect(line.comment == "c")
  }

  @Test(arguments: [
    ("deb http://x s a b", "deb  http://x/ s b a", true),
    ("deb [arch=a,b] http://x s a", "deb [arch=b,a] http://x s a", true),
    ("deb [arch=a trusted=yes] http://x s a", "deb [trusted=yes arch=a] http://x s a", true),
    ("deb http://x s a", "# deb http://x s a", false), ("deb http://x s a", "deb http://x s a c", false),
    ("deb http://x s a", "deb [trusted=yes] http://x s a", false), ("deb http://x s a", "deb-src http://x s a", false),
  ])
  func knowsWhatMeansTheSame(_ left: String, _ right: String, _ isSame: Bool) throws {
    let left = try #require(AptRepositoryLine(left))
    #expect(left.means(the: try #require(AptRepositoryLine(right))) == isSame)
  }
}
