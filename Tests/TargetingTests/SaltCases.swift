/// What Salt 3008.3's own matchers answered for `Fleet`; the tables are in the extensions, by kind.
enum SaltCases {
  static let all = glob + pcre + list + subnet + grain + grainPCRE + pillar + pillarPCRE + nodegroup + compound
}
