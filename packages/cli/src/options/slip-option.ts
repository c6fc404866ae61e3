import { duration } from '@offtake/contract/portfolio/duration'
import { suggestion } from '@offtake/contract/portfolio/nearest'
import type { Agreement } from '@offtake/core/agreements/agreement'
import { NO_SLIPS, type Slips, unusedSlips } from '@offtake/core/agreements/resolve'
import { InvalidArgumentError, Option } from 'commander'
import type { Output } from '../output.ts'

/** `--slip AGREEMENT/LINE=90d`, as often as wanted: what if deliveries came later? */
export function slipOption(): Option {
  return new Option(
    '--slip <line=duration>',
    'what if a line, or one of its tranches, came later: AGREEMENT/LINE[/TRANCHE]=90d; can be given again',
  )
    .argParser((text, before: Slips = NO_SLIPS): Slips => {
      const [key, ms] = readSlip(text)
      if (before.has(key)) throw new InvalidArgumentError(`${key} slips twice.`)
      return new Map([...before, [key, ms]])
    })
    .default(NO_SLIPS, 'none')
}

function readSlip(text: string): [string, number] {
  const at = text.lastIndexOf('=')
  const key = text.slice(0, Math.max(0, at))
  if (!/^[^/]+\/[^/]+(?:\/[^/]+)?$/.test(key))
    throw new InvalidArgumentError('Write AGREEMENT/LINE=90d or AGREEMENT/LINE/TRANCHE=90d.')
  const ms = duration.safeParse(text.slice(at + 1))
  if (!ms.success) throw new InvalidArgumentError(ms.error.issues[0]?.message ?? 'It is no duration.')
  return [key, ms.data]
}

/** Whether every slip moves something; says which do not. */
export function areSlipsUsed(agreements: readonly Agreement[], slips: Slips, output: Output): boolean {
  const unused = unusedSlips(agreements, slips)
  const open = openKeys(agreements)
  for (const key of unused) {
    output.problem(
      open.delivered.has(key)
        ? `--slip ${key}: all of it has been handed over, so that it cannot slip`
        : `--slip ${key}: there is no such line or tranche${suggestion(key, open.all)}`,
    )
  }
  return unused.length === 0
}

function openKeys(agreements: readonly Agreement[]): { all: string[]; delivered: Set<string> } {
  const keys = agreements.flatMap((agreement) =>
    agreement.lines.flatMap(({ id, tranches }) => [
      `${agreement.id}/${id}`,
      ...tranches.map((tranche) => `${agreement.id}/${id}/${tranche.id}`),
    ]),
  )
  const unused = unusedSlips(agreements, new Map(keys.map((key) => [key, 0])))
  return { all: keys, delivered: new Set(unused) }
}
