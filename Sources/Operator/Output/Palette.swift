/// Colours, when they are asked for.
struct Palette {
  enum Color: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  let isOn: Bool

  func paint(_ text: String, _ color: Color) -> String {
    isOn && !text.isEmpty ? "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m" : text
  }
}
