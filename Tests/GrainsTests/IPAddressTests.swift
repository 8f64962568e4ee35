import Grains
import Testing

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("10.0.0.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.255.255", true), ("8.8.8.8", false),
    ("100.64.0.1", false), ("169.254.1.1", true), ("203.0.113.9", true), ("192.0.0.9", false), ("240.0.0.1", true),
    ("fd00::1", true), ("fe80::1", true), ("2001:db8::1", true), ("2606:4700::1111", false), ("::1", true),
  ])
  func privateBlocksArePythons(_ text: String, _ isPrivate: Bool) throws {
    #expect(try #require(IPAddress(text)).isPrivate == isPrivate)
  }

  @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4/", "::g", "fe80::1%eth0", "host", "1.2.3.4 "])
  func whatIsNoAddressIsRefused(_ text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("192.0.2.77/24", "192.0.2.0/24", "255.255.255.0", "192.0.2.255"),
    ("10.1.2.3/255.255.240.0", "10.1.0.0/20", "255.255.240.0", "10.1.15.255"),
    ("10.1.2.3", "10.1.2.3/32", "255.255.255.255", "10.1.2.3"),
    ("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
    ("2001:db8:1::5/61", "2001:db8:1::/61", "ffff:ffff:ffff:fff8::", "2001:db8:1:7:ffff:ffff:ffff:ffff"),
  ])
  func networksAreCut(_ text: String, _ network: String, _ mask: String, _ last: String) throws {
    let found = try #require(IPNetwork(text))
    #expect(found.description == network)
    #expect(found.netmask.description == mask)
    #expect(found.broadcast.description == last)
  }

  @Test(arguments: [
    "10.0.0.1/24", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/24/1", "10.0.0.0/255.0.255.0", "x/8", "::/129",
  ])
  func strictNetworksRefuseHostBitsAndNonsense(_ text: String) { #expect(IPNetwork(text, isStrict: true) == nil) }

  @Test func membership() throws {
    let network = try #require(IPNetwork("172.16.0.0/12"))
    #expect(network.contains(try #require(IPAddress("172.31.255.255"))))
    #expect(!network.contains(try #require(IPAddress("172.32.0.0"))))
    #expect(!network.contains(try #require(IPAddress("::1"))))
  }

  @Test func addressesAreOrderedAsNumbers() throws {
    let texts = ["192.0.2.20", "::1", "10.0.0.9", "192.0.2.3"]
    #expect(
      texts.compactMap { IPAddress($0) }.sorted().map(\.description) == ["10.0.0.9", "192.0.2.3", "192.0.2.20", "::1"])
  }

  @Test func hexOfTheKernel() {
    #expect(HexAddress.littleEndian("0100007F")?.description == "127.0.0.1")
    #expect(HexAddress.littleEndian("0000000000000000FFFF00000100007F")?.unmapped.description == "127.0.0.1")
    #expect(HexAddress.ipv6("fe8000000000000000fc00fffe000001")?.description == "fe80::fc:ff:fe00:1")
    for text in ["", "0", "zz00007F", "0100007F0", String(repeating: "00", count: 40)] {
      #expect(HexAddress.littleEndian(text) == nil)
    }
  }
}
