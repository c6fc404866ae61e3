import { stat } from 'node:fs/promises'
import { readFleet } from '@offtake/contract/portfolio/read-fleet'
import type { Fleet, FleetPool } from '@offtake/core/capacity/fleet'
import type { Output } from '../output.ts'
import { readTextFile } from './text-file.ts'

/** The machines of a fleet file; what is wrong with it is printed. */
export async function loadFleet(file: string, output: Output): Promise<readonly FleetPool[] | undefined> {
  if (!(await exists(file))) {
    output.problem(`${file} unreadableFile there is no such file`)
    return undefined
  }
  const text = await readTextFile(file, file)
  const fleet = text.ok ? readFleet(file, text.value) : text
  if (fleet.ok) {
    const unused = unusedParts(fleet.value)
    if (unused.length > 0)
      output.note(`${file}: ${unused.join(', ')} take part in a portfolio alone, and are passed over here`)
    return fleet.value.pools
  }
  for (const { line, column, code, message } of fleet.problems)
    output.problem(`${file}:${line}:${column} ${code} ${message}`)
  return undefined
}

/** What a fleet says beside its pools: on the machines that those list it has no effect, or only in a run. */
function unusedParts({ shapes, failures, upkeep = [], outages = [] }: Fleet): string[] {
  const parts = { shapes, failures, upkeep, outages }
  return Object.entries(parts).flatMap(([name, said]) => (said.length > 0 ? [name] : []))
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
