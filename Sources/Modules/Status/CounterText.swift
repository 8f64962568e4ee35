import Value

/// Reads the words of `/proc` files as Salt does.
enum CounterText {
  /// An integer, else a number, else the word itself.
  static func number(_ word: some StringProtocol) -> Value {
    if word.utf8.allSatisfy({ (48...57).contains($0) }), let integer = Int64(word) { return .int(integer) }
    if let number = Double(word), number.isFinite { return .double(number) }
    return .string(String(word))
  }
}
