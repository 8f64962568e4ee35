import Testing

@testable import Jinja

/// What Salt 3008 answered to each template is what these expect.
@Suite struct FilterTests {
  @Test(arguments: FilterCase.data) func data(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.data2) func data2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.digest) func digest(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.expressions) func expressions(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.network) func network(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.network2) func network2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.numbers) func numbers(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.numbers2) func numbers2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.sequences) func sequences(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.sequences2) func sequences2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.serialization) func serialization(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.serialization2) func serialization2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.sets) func sets(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.tests) func tests(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.tests2) func tests2(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.text) func text(_ test: FilterCase) { test.check() }

  @Test(arguments: FilterCase.text2) func text2(_ test: FilterCase) { test.check() }
}
