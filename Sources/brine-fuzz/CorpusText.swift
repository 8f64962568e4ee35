/// A text out of the corpus.
struct CorpusText {
  enum Kind {
    /// A template.
    case template
    /// A file of a state tree, or a plain file.
    case tree
    /// A case as it is: JSON.
    case json
  }

  let kind: Kind
  let text: String
}
