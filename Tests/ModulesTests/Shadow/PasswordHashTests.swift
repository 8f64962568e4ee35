import Functions
import Testing

@testable import Modules

@Suite struct PasswordHashTests {
  /// What is cut short fits no password; the examples of formulas have such.
  @Test(arguments: ["$6$w.............", "!$6$salt$short", "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o", "*", "!"])
  func takes(_ text: String) throws { try PasswordHash.check(text) }

  @Test(arguments: ["", "hunter2", "$6$", "$", "$6$a:b", "$6$a b", "$abcdefghi$x$y"])
  func refuses(_ text: String) {
    #expect(throws: FunctionError.self) { try PasswordHash.check(text) }
  }
}
