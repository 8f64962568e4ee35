import Value

/// Python's questions about the characters of a string (`isdigit` and its kind).
enum CharacterClass: String {
  case isalnum, isalpha, isascii, isdecimal, isdigit, isidentifier, islower, isnumeric, isprintable, isspace, istitle
  case isupper

  func holds(for text: String) -> Bool {
    let scalars = text.unicodeScalars
    switch self {
    case .isascii: return text.utf8.allSatisfy { $0 < 0x80 }
    case .isprintable: return scalars.allSatisfy(PythonText.isPrintable)
    case .isidentifier:
      guard let first = scalars.first, first == "_" || Self.isAlphabetic(first) else { return false }
      return scalars.allSatisfy { $0 == "_" || Self.isAlphabetic($0) || $0.properties.numericType == .decimal }
    case .isupper: return scalars.contains(where: \.properties.isUppercase) && !scalars.contains(where: Self.isLower)
    case .islower: return scalars.contains(where: \.properties.isLowercase) && !scalars.contains(where: Self.isUpper)
    case .istitle: return Self.isTitle(scalars)
    default: return !scalars.isEmpty && scalars.allSatisfy(matches)
    }
  }

  private func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .isalnum: Self.isAlphabetic(scalar) || scalar.properties.numericType != nil
    case .isalpha: Self.isAlphabetic(scalar)
    case .isdecimal: scalar.properties.numericType == .decimal
    case .isdigit: scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit
    case .isnumeric: scalar.properties.numericType != nil
    case .isspace: PythonText.isSpace(scalar)
    default: false
    }
  }

  static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isUppercase || scalar.properties.generalCategory == .titlecaseLetter
  }

  private static func isLower(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isLowercase || scalar.properties.generalCategory == .titlecaseLetter
  }

  private static func isTitle(_ scalars: String.UnicodeScalarView) -> Bool {
    var isInWord = false
    var hasLetter = false
    for scalar in scalars {
      if isUpper(scalar) {
        if isInWord { return false }
        (isInWord, hasLetter) = (true, true)
      } else if scalar.properties.isLowercase {
        if !isInWord { return false }
        hasLetter = true
      } else {
        isInWord = false
      }
    }
    return hasLetter
  }
}
