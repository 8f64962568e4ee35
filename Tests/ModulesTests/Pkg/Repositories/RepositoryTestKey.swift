@testable import Modules

/// A key made for tests, whose private half is nowhere.
enum RepositoryTestKey {
  static let fingerprint = "C44298D19A1EFD467D6B07FF9866833D8774C833"
  static let armored = """
    -----BEGIN PGP PUBLIC KEY BLOCK-----

    mDMEawc4GRYJKwYBBAHaRw8BAQdAvlVrSMYaz7IwZ51EfedOzVyS6NoI8NlWOXln
    0kpKQPu0GUEgVGVzdCA8dGVzdEBleGFtcGxlLmNvbT6IkAQTFggAOBYhBMRCmNGa
    Hv1GfWsH/5hmgz2HdMgzBQJrBzgZAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheA
    AAoJEJhmgz2HdMgzkU8BAJG45VtdXqC+7U/Uh7EAxa7/F4XT6ezSXLKhRrGOjjss
    AQCx+DeeODKlL80KLNgwfOKBBx42LHhez0Q3OoJK8cwaDA==
    =D8rT
    -----END PGP PUBLIC KEY BLOCK-----

    """
  static var bytes: [UInt8] { OpenPGPArmor.decoded(Array(armored.utf8)) ?? [] }
}
