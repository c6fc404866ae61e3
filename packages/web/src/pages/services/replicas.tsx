import type { ServiceView } from '@offtake/contract/api/service'
import { Meter } from '../../parts/meter.tsx'

/** What of the replicas that are wanted runs, what waits, as one bar. */
export function Replicas({ service: { wanted, running, waiting } }: { readonly service: ServiceView }) {
  const whole = Math.max(wanted, running + waiting, 1)
  return (
    <Meter
      label={`${running} of ${wanted} replicas run, ${waiting} wait`}
      parts={[
        { name: `${running} run`, share: running / whole, tone: 'full' },
        { name: `${waiting} wait`, share: waiting / whole, tone: 'warn' },
      ]}
    />
  )
}
