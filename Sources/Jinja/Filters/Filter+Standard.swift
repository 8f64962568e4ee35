extension Filter {
  /// All filters of Jinja 3.1 and of Salt 3008. Where both have one of a name (`min`, `max`, `unique`, `tojson`) it is
  /// Salt's, as in Salt's environment.
  public static var standard: [Filter] {
    CaseFilters.all + EscapeFilters.all + LayoutFilters.all + FormatFilters.all + LinkFilters.all
      + ExpressionFilters.all + QuoteFilters.all + TextCheckFilters.all
      + ElementFilters.all + OrderFilters.all + MappingFilters.all + SelectionFilters.all + GroupFilters.all
      + AggregateFilters.all + SetFilters.all + CombinationFilters.all + ShapeFilters.all + RandomFilters.all
      + NumberFilters.all + ValueFilters.all + DictFilters.all + PathFilters.all + ComparisonFilters.all
      + SerializationFilters.all + LoadFilters.all + BytesFilters.all
      + AddressFilters.all + HardwareAddressFilters.all + DigestFilters.all + DateFilters.all + HostFilters.all
  }
}
