import { randomInt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { drawHistory } from '@offtake/core/simulation/histories/draw-history'
import { failureOf, failureText } from './failure.ts'
import { shorten } from './shorten.ts'

// Plays drawn histories through the allocator and checks every step. Without a seed it draws new ones until it is stopped,
// until one fails, or for --minutes N; with seeds it replays them.

const NEWS_EVERY = 500

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string' } },
  allowPositionals: true,
})
process.exit(await main(positionals, Number(values.minutes ?? Number.POSITIVE_INFINITY)))

async function main(seeds: readonly string[], minutes: number): Promise<number> {
  if (!(minutes > 0)) {
    process.stderr.write('--minutes takes a number above 0\n')
    return 2
  }
  let isStopped = false
  process.once('SIGINT', () => {
    isStopped = true
  })
  const end = Date.now() + minutes * 60_000
  let played = 0
  for (const seed of seeds.length > 0 ? seeds : newSeeds()) {
    if (isStopped || Date.now() >= end) break
    if (!holds(seed)) return 1
    played += 1
    if (played % NEWS_EVERY === 0) tell(played)
    await setImmediate()
  }
  tell(played)
  return 0
}

function tell(played: number): void {
  process.stdout.write(`${played} ${played === 1 ? 'history breaks' : 'histories break'} no rule\n`)
}

function* newSeeds(): Generator<string> {
  for (;;) yield String(randomInt(2 ** 31))
}

function holds(seed: string): boolean {
  const history = drawHistory(seed)
  const failure = failureOf(history)
  if (!failure) return true
  process.stdout.write(`seed ${seed} breaks ${failure.rule}: shortening it …\n`)
  const shortened = shorten(history, (shorter) => failureOf(shorter)?.rule === failure.rule)
  process.stdout.write(`${failureText(seed, failureOf(shortened) ?? failure, shortened)}\n`)
  return false
}
