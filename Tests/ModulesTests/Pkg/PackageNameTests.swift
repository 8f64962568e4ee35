import Testing

@testable import Modules

@Suite struct PackageNameTests {
  @Test(arguments: ["libssl3", "g++", "libc6:i386", "python3.11", "linux-image-6.1.0-18-amd64", "0ad", "libstdc++6"])
  func takesDebianNames(_ name: String) { #expect(PackageName.isDebian(name)) }

  @Test(arguments: [
    "", "a", "-y", "--force-yes", "nginx-", "a b", "a=1", "a/b", "../x", "Nginx", "a;b", "a\nb", "a:", ":amd64",
    "a:b:c",
    "nginx*", "é9", "a$(id)", "ab:-x", "+ab", ".ab",
  ]) func refusesWhatAptWouldReadOtherwise(_ name: String) { #expect(!PackageName.isDebian(name)) }

  @Test(arguments: ["openssl-libs", "glibc.i686", "perl-Net_SSLeay", "gtk2+", "_x", "NetworkManager"])
  func takesRPMNames(_ name: String) { #expect(PackageName.isRPM(name)) }

  @Test(arguments: ["", "-y", "a b", "a/b", "@core", "a*", "a;b", "/etc/passwd", "a(b)"])
  func refusesWhatDnfWouldReadOtherwise(_ name: String) { #expect(!PackageName.isRPM(name)) }

  @Test(arguments: [
    ("https://u:p@h/x", "https://u:***@h/x"), ("https://token@h/x", "https://***@h/x"),
    ("http://h/x@y", "http://h/x@y"),
    ("deb http://a:b@c/ d", "deb http://a:***@c/ d"), ("plain", "plain"),
    ("http://h/x http://d:e@f/", "http://h/x http://d:***@f/"),
    ("http://a:b@c/ http://d:e@f/", "http://a:***@c/ http://d:***@f/"), ("https://a:p@q@h/", "https://a:***@h/"),
  ]) func hidesPasswords(_ text: String, _ shown: String) { #expect(RepositoryURL.hidingPassword(in: text) == shown) }
}
