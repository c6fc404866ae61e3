import { Button, Text } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { delayTranche } from '@offtake/contract/api/agreement-routes'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { Empty } from '../../parts/empty.tsx'
import { momentText } from '../../parts/moment.tsx'
import { countText } from '../../parts/number-text.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { TimeScale } from '../../parts/timeline/time-scale.ts'
import { Timeline, TimelineBar, TimelinePoint, TimelineRow } from '../../parts/timeline/timeline.tsx'
import { useMay } from '../../session/session.ts'
import { TrancheDialog } from './tranche-dialog.tsx'
import { lateText, startOf, type Tranche, type TrancheOf, trancheState } from './tranche-state.ts'

interface DeliveriesProps {
  readonly agreement: AgreementView
  readonly scale: TimeScale
  readonly now: number
}

/** The tranches of every line on one line of time: as promised, as expected, as delivered. */
export function Deliveries({ agreement, scale, now }: DeliveriesProps) {
  const [recorded, setRecorded] = useState<TrancheOf>()
  const mayRecord = useMay(delayTranche) && (agreement.state === 'signed' || agreement.state === 'active')
  if (agreement.lines.every(({ tranches }) => tranches.length === 0))
    return <Empty title="Nothing is to be delivered">It promises no accelerators by a date.</Empty>
  const until = Date.parse(agreement.until)
  return (
    <>
      <Timeline label="Tranches" scale={scale} now={now}>
        {agreement.lines.map(({ id, pool, tranches }) => (
          <Fragment key={id}>
            <TimelineRow
              scale={scale}
              now={now}
              isHead
              name={<strong>{id}</strong>}
              side={
                <Link to="/capacity" search={{ pool }}>
                  {pool}
                </Link>
              }
            />
            {tranches.map((tranche) => (
              <TimelineRow
                key={tranche.id}
                scale={scale}
                now={now}
                name={<TrancheName tranche={tranche} />}
                side={
                  <>
                    <TrancheText tranche={tranche} now={now} />
                    {mayRecord && tranche.delivered === null && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={`Record the delivery of ${id} ${tranche.id}`}
                        onClick={() => setRecorded({ line: id, tranche })}
                      >
                        Record
                      </Button>
                    )}
                  </>
                }
              >
                <TrancheOnLine tranche={tranche} until={until} scale={scale} now={now} />
              </TimelineRow>
            ))}
          </Fragment>
        ))}
      </Timeline>
      {recorded && (
        <TrancheDialog agreement={agreement.id} of={recorded} onClose={() => setRecorded(undefined)} />
      )}
    </>
  )
}

function TrancheName({ tranche: { id, accelerators } }: { readonly tranche: Tranche }) {
  return (
    <>
      {id}{' '}
      <Text component="span" size="xs" c="dimmed">
        {countText(accelerators)} accelerators
      </Text>
    </>
  )
}

const TONES = { delivered: 'good', expected: 'caution', overdue: 'warn', promised: 'accent' } as const

function TrancheText({ tranche, now }: { readonly tranche: Tranche; readonly now: number }) {
  const { kind, lateDays } = trancheState(tranche, now)
  const day = momentText(tranche.delivered ?? tranche.expected ?? tranche.promised, 'day')
  const text = kind === 'overdue' ? `due ${day}, not recorded` : `${kind} ${day}`
  return (
    <span>
      <StateMark text={text} tone={TONES[kind]} />
      {(kind === 'delivered' || lateDays > 0) && (
        <Text component="span" size="xs" c={lateDays > 0 ? 'var(--warn)' : 'dimmed'} ml={8}>
          {lateText(lateDays)}
        </Text>
      )}
    </span>
  )
}

interface OnLineProps {
  readonly tranche: Tranche
  readonly until: number
  readonly scale: TimeScale
  readonly now: number
}

function TrancheOnLine({ tranche, until, scale, now }: OnLineProps) {
  const promised = Date.parse(tranche.promised)
  const { kind } = trancheState(tranche, now)
  const start = startOf(tranche)
  return (
    <>
      <TimelineBar
        scale={scale}
        start={start}
        until={until}
        tone={kind === 'delivered' ? 'there' : 'coming'}
      />
      {start > promised && <TimelineBar scale={scale} start={promised} until={start} tone="late" />}
      <TimelinePoint scale={scale} at={promised} tone="promised" />
      {kind !== 'promised' && (
        <TimelinePoint scale={scale} at={start} tone={kind === 'delivered' ? 'there' : 'late'} />
      )}
    </>
  )
}
