import type { ExplanationView } from '@offtake/contract/api/explanation'
import { Moment } from '../../parts/moment.tsx'

interface EtaProps {
  readonly eta: ExplanationView['eta']
}

/** When a job is expected to start, and between which moments four starts of five fall. */
export function Eta({ eta }: EtaProps) {
  if (!eta) return <span>would not start by itself</span>
  const { at, from, until, promised } = eta
  return (
    <span>
      starts <Moment at={at} as="relative" />
      {from !== null && until !== null && from !== until && (
        <>
          {' '}
          (four of five between <Moment at={from} /> and <Moment at={until} />)
        </>
      )}
      {promised && ', place promised'}
    </span>
  )
}
