import Testing
import Value

@testable import Modules

@Suite struct UnixCryptTests {
  @Test(arguments: UnixCrypt.Scheme.allCases)
  func hashesAndMatches(_ scheme: UnixCrypt.Scheme) throws {
    let hash = try #require(UnixCrypt.hash(Secret("sesame"), scheme: scheme))
    #expect(hash.hasPrefix(scheme.prefix))
    #expect(UnixCrypt.matches(Secret("sesame"), hash: hash))
    #expect(!UnixCrypt.matches(Secret("Sesame"), hash: hash))
    #expect(UnixCrypt.hash(Secret("sesame"), scheme: scheme) != hash)
  }

  /// What `openssl passwd -6` makes of it.
  @Test func knowsAHashMadeElsewhere() {
    let hash =
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
    #expect(UnixCrypt.matches(Secret("Hello world!"), hash: hash))
  }

  @Test(arguments: ["", "!", "*", "*0", "$y$", "nonsense", "$6$"])
  func nothingMatchesWhatIsNoHash(_ hash: String) { #expect(!UnixCrypt.matches(Secret(""), hash: hash)) }
}
