import Functions
import Value

extension UserFunctions {
  /// The functions that change one part of the comment field.
  static let comments = [
    comment("user.chfullname", "fullname", "full name", \.fullName),
    comment("user.chroomnumber", "roomnumber", "room", \.roomNumber),
    comment("user.chworkphone", "workphone", "telephone at work", \.workPhone),
    comment("user.chhomephone", "homephone", "telephone at home", \.homePhone),
    comment("user.chother", "other", "last part of the comment field", \.other),
  ]

  private static func comment(
    _ function: String, _ part: String, _ words: String, _ path: WritableKeyPath<Gecos, String> & Sendable
  ) -> Function {
    Function.guarded(
      function, "Changes a user's \(words).",
      details: """
        Returns True when the account then is as asked, or was already; a missing user is an error. The other parts of \
        the comment field stay.

        Example: `brine run web1 \(function) deploy 'a text'`
        """,
      effect: .change, parameters: [name, .required(part, .string, "The new \(words); may be empty."), root]
    ) { arguments, context in
      let wanted = try AccountField.gecos(arguments.string(part), part)
      let user = try await existing(arguments, context)
      if user.gecos[keyPath: path] == wanted { return true }
      var gecos = user.gecos
      gecos[keyPath: path] = wanted
      return try await modify(["-c", gecos.text], user, arguments, context) { $0.gecos[keyPath: path] == wanted }
    }
  }
}
