import { checkStyle, checkTypes, runTests, type Step } from './steps.ts'
import { addTallies, closingLine, failures, type Tally } from './tally.ts'

// check: types, style, tidy · all (the default): check and every test · long: the long forms too ·
// torture: servers killed 200 times, failed over, starved and flooded · golden: writes the golden files anew.
// What follows narrows the tests to files whose path contains it.

const [mode = 'all', ...filters] = process.argv.slice(2)

/** Tests that are longer where OFFTAKE_LONG is set. */
const TORTURE = ['crash.test', 'failover.test', 'database-away.test', 'bad-clients.test'].map(
  (name) => `packages/server/src/${name}`,
)

const tally = await runAll(stepsOf(mode))
// Alone on the last line, for people and machines alike.
process.stdout.write(`\n${closingLine(tally)}\n`)
process.exit(tally.failed > 0 ? 1 : 0)

function stepsOf(mode: string): readonly Step[] {
  switch (mode) {
    case 'check':
      return [checkTypes, checkStyle, () => runTests({ projects: ['tidy'], filters })]
    case 'all':
      return [checkTypes, checkStyle, () => runTests({ projects: ['tidy', 'unit', 'browser'], filters })]
    case 'long':
      process.env.OFFTAKE_LONG = '1'
      return [
        checkTypes,
        checkStyle,
        () => runTests({ projects: ['tidy', 'unit', 'browser', 'long'], filters }),
      ]
    case 'torture':
      process.env.OFFTAKE_LONG = '1'
      return [() => runTests({ projects: ['unit'], filters: TORTURE })]
    case 'golden':
      return [
        checkTypes,
        () => runTests({ projects: ['unit', 'browser'], filters, updateGolden: true }),
        () => runTests({ projects: ['long'], filters: ['golden.long'], updateGolden: true }),
      ]
    default:
      process.stdout.write(`unknown run '${mode}': one of check, all, long, torture, golden\n`)
      return [async () => failures(1)]
  }
}

/** Every step runs, also after one that failed, so that all problems are seen at once. */
async function runAll(steps: readonly Step[]): Promise<Tally> {
  const tallies: Tally[] = []
  for (const step of steps) tallies.push(await step())
  return addTallies(tallies)
}
