/**
 * Jobs that Slurm started for each second which its own two schedulers, the main one and the backfilling one, ran for:
 * what launching, messages and files take is left out. From what `sdiag` prints.
 */
export function decisionsPerSecond(sdiag: string): number {
  const started = Number(/^Jobs started:\s+(\d+)/m.exec(sdiag)?.[1])
  const [main, backfill] = sdiag.split(/^Backfilling stats/m)
  const micros = cycleMicros(main) + cycleMicros(backfill)
  if (!(started > 0 && micros > 0)) throw new Error(`sdiag says nothing of what was scheduled:\n${sdiag}`)
  return started / (micros / 1_000_000)
}

/** A section that has run no cycle yet prints no mean. */
function cycleMicros(section = ''): number {
  const cycles = Number(/Total cycles:\s+(\d+)/.exec(section)?.[1] ?? 0)
  const mean = Number(/Mean cycle:\s+(\d+)/.exec(section)?.[1] ?? 0)
  return cycles * mean
}
