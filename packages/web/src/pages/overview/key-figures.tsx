import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import type { listCommitments } from '@offtake/contract/api/finance-routes'
import type { PoolView } from '@offtake/contract/api/pool'
import type { z } from 'zod'
import { amountText, countText, shareText } from '../../parts/number-text.ts'
import { sumText } from '../../parts/sum.ts'
import { Tile, Tiles } from '../../parts/tile.tsx'
import { useNow } from '../../parts/use-now.ts'

interface KeyFiguresProps {
  readonly pools: readonly PoolView[] | undefined
  readonly capacity: readonly CapacityOfPool[] | undefined
  readonly commitments: z.output<(typeof listCommitments)['answer']> | undefined
}

/** The figures that one looks for first. */
export function KeyFigures({ pools, capacity, commitments }: KeyFiguresProps) {
  const now = useNow()
  const there = pools?.filter(({ provider }) => provider !== 'this-machine')
  const total = there && sumOf(there, ({ accelerators }) => accelerators.total)
  const held = there && sumOf(there, ({ accelerators }) => accelerators.held)
  const down = there && sumOf(there, ({ accelerators }) => accelerators.down)
  const promised = capacity && sumOf(capacity, (pool) => promisedAt(pool, now))
  return (
    <Tiles>
      <Tile
        label="Promised by now"
        value={promised === undefined ? undefined : countText(promised)}
        note="accelerators"
      />
      <Tile
        label="Delivered"
        value={total === undefined ? undefined : countText(total)}
        note={ofWhole(total, promised, 'of what was promised')}
      />
      <Tile
        label="Allocated"
        value={held === undefined ? undefined : countText(held)}
        note={ofWhole(held, total, 'of what is there')}
      />
      <Tile
        label="Idle"
        value={total === undefined || held === undefined ? undefined : countText(total - held)}
        note={down ? `${countText(down)} of them out of service` : 'paid for whether used or not'}
      />
      {commitments && <MoneyTiles commitments={commitments} />}
    </Tiles>
  )
}

function MoneyTiles({
  commitments: { items, currency },
}: {
  readonly commitments: NonNullable<KeyFiguresProps['commitments']>
}) {
  const atRisk = sumText(items.map(({ trueUp }) => trueUp))
  return (
    <>
      <Tile
        label="Committed"
        value={amountText(sumText(items.map(({ committed }) => committed)), currency, 'short')}
        note="in the intervals of now"
      />
      <Tile
        label="Burned"
        value={amountText(sumText(items.map(({ used }) => used)), currency, 'short')}
        note="of it so far"
      />
      <Tile
        label="At risk of true-up"
        value={amountText(atRisk, currency, 'short')}
        note="if pools go on as they are"
        {...(Number(atRisk) > 0 ? { tone: 'warn' as const } : {})}
      />
    </>
  )
}

function sumOf<Of>(all: readonly Of[], value: (one: Of) => number): number {
  return all.reduce((sum, one) => sum + value(one), 0)
}

function promisedAt({ steps }: CapacityOfPool, now: number): number {
  return steps.findLast(({ at }) => Date.parse(at) <= now)?.promised ?? 0
}

function ofWhole(part: number | undefined, whole: number | undefined, text: string): string {
  return part === undefined || !whole ? '' : `${shareText(part / whole)} ${text}`
}
