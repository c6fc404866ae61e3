import type { TenantView } from '@offtake/contract/api/tenant-routes'
import { Meter } from '../../parts/meter.tsx'
import { countText } from '../../parts/number-text.ts'

interface HoldingBarProps {
  readonly holding: TenantView['holdings'][number]
  /** What the whole width stands for, so that bars below one another compare. */
  readonly whole: number
}

/** What a tenant uses of its own, borrows, and lends, as one bar. */
export function HoldingBar({ holding: { owned, used, borrowed, lent }, whole }: HoldingBarProps) {
  const of = (count: number): number => (whole === 0 ? 0 : count / whole)
  return (
    <Meter
      label={`${countText(used)} used of ${countText(owned)} owned, ${countText(borrowed)} borrowed, ${countText(lent)} lent`}
      parts={[
        { name: `${countText(used - borrowed)} of its own used`, share: of(used - borrowed), tone: 'full' },
        { name: `${countText(borrowed)} borrowed`, share: of(borrowed), tone: 'warn' },
        { name: `${countText(lent)} lent`, share: of(lent), tone: 'soft' },
      ]}
    />
  )
}
