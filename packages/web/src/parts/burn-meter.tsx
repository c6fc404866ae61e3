import { Meter } from './meter.tsx'
import { shareText } from './number-text.ts'

interface BurnMeterProps {
  readonly shares: { readonly burned: number; readonly coming: number; readonly atRisk: number }
}

/** What of a commitment is burned, foreseen, and at risk of a true-up, as one bar. */
export function BurnMeter({ shares: { burned, coming, atRisk } }: BurnMeterProps) {
  return (
    <Meter
      label={`${shareText(burned)} burned, ${shareText(coming)} foreseen, ${shareText(atRisk)} at risk`}
      parts={[
        { name: 'burned', share: burned, tone: 'full' },
        { name: 'foreseen', share: coming, tone: 'soft' },
        { name: 'at risk', share: atRisk, tone: 'warn' },
      ]}
    />
  )
}
