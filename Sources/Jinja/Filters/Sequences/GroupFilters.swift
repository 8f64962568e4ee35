/// Elements in groups.
enum GroupFilters {
  static var all: [Filter] {
    [
      Filter("batch", "do_batch", .required("linecount"), .optional("fill_with")) { value, given, evaluation in
        .object(
          FilterGenerator("do_batch", evaluation) { evaluation in
            let size = try evaluation.integer(given[0])
            var batches: [TemplateValue] = []
            var batch: [TemplateValue] = []
            for element in try evaluation.elements(of: value) {
              if batch.count == size {
                batches.append(.list(TemplateList(batch)))
                batch = []
              }
              batch.append(element)
            }
            guard !batch.isEmpty else { return batches }
            if !given[1].isNone, batch.count < size {
              try evaluation.claim(size - batch.count, times: 16)
              batch += repeatElement(given[1], count: size - batch.count)
            }
            batches.append(.list(TemplateList(batch)))
            return batches
          })
      },
      Filter("slice", "sync_do_slice", .required("slices"), .optional("fill_with")) { value, given, evaluation in
        .object(
          FilterGenerator("sync_do_slice", evaluation) { evaluation in
            let count = try evaluation.integer(given[0])
            guard count != 0 else { throw TemplateFailure(.operation, "integer division or modulo by zero") }
            guard count > 0 else { return [] }
            let elements = try evaluation.elements(of: value)
            try evaluation.charge(count)
            try evaluation.claim(count, times: 64)
            let (size, longer) = elements.count.quotientAndRemainder(dividingBy: count)
            var start = 0
            return (0..<count).map { index in
              let end = start + size + (index < longer ? 1 : 0)
              defer { start = end }
              let fill = !given[1].isNone && index >= longer ? [given[1]] : []
              return .list(TemplateList(elements[start..<end] + fill))
            }
          })
      },
      Filter(
        "groupby", "sync_do_groupby", hidden: 1, .required("attribute"), .optional("default"),
        .optional("case_sensitive", .bool(false))
      ) { value, given, evaluation in
        let path = AttributePath(given[0])
        let isSensitive = try evaluation.isTrue(given[2])
        func key(_ element: TemplateValue) throws -> TemplateValue {
          let key = try path.value(of: element, or: given[1], evaluation)
          return isSensitive ? key : key.ignoringCase
        }
        var groups: [(key: TemplateValue, elements: [TemplateValue])] = []
        for element in try evaluation.sorted(evaluation.elements(of: value), by: key) {
          let key = try evaluation.defined(key(element))
          if let last = groups.last, evaluation.equals(last.key, key) {
            groups[groups.count - 1].elements.append(element)
          } else {
            groups.append((key, [element]))
          }
        }
        return try evaluation.list(
          groups.map { group in
            let shown = try path.value(of: group.elements[0], or: given[1], evaluation)
            return .object(ElementGroup(shown, group.elements, evaluation))
          })
      },
    ]
  }
}
