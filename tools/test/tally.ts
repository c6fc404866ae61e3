import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'

/** What ran, over all projects. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NOTHING_RAN: Tally = { passed: 0, failed: 0, skipped: 0 }

/** A reporter that counts, and hands over the count when the run ends. */
export function tallyReporter(report: (tally: Tally) => void): Reporter {
  return {
    onTestRunEnd: (modules, unhandledErrors) =>
      report(addTallies([...modules.map(tallyOf), failures(unhandledErrors.length)])),
  }
}

/** So many failures that no test counts: an error outside of all tests, a step that is no test. */
export function failures(count: number): Tally {
  return { ...NOTHING_RAN, failed: count }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NOTHING_RAN,
  )
}

/** The line that a run ends with. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A file or suite that fails outside of its tests (it cannot be loaded, a hook throws) is one failure more. */
function tallyOf(module: TestModule): Tally {
  const tests = [...module.children.allTests()].map(tallyOfTest)
  const groups: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  const broken = groups.filter((group) => group.errors().length > 0).length
  return addTallies([...tests, failures(broken)])
}

function tallyOfTest(test: TestCase): Tally {
  switch (test.result().state) {
    case 'passed':
      return { ...NOTHING_RAN, passed: 1 }
    case 'skipped':
      return { ...NOTHING_RAN, skipped: 1 }
    // A test that never came to an end did not pass.
    default:
      return failures(1)
  }
}
