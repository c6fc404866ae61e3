import { Button, NumberInput, Skeleton, Text } from '@mantine/core'
import { delayTranche } from '@offtake/contract/api/agreement-routes'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { dayText } from '../../parts/day-text.ts'
import { Empty } from '../../parts/empty.tsx'
import { momentText } from '../../parts/moment.tsx'
import { countText } from '../../parts/number-text.ts'
import { type TimeScale, timeScale } from '../../parts/timeline/time-scale.ts'
import { Timeline, TimelineBar, TimelinePoint, TimelineRow } from '../../parts/timeline/timeline.tsx'
import { useNow } from '../../parts/use-now.ts'
import { useMay } from '../../session/session.ts'
import { TrancheDialog } from '../agreements/tranche-dialog.tsx'
import type { SlipDays } from './capacity-search.ts'
import classes from './slip-board.module.css'
import { SlipHandle } from './slip-handle.tsx'
import type { WhatIfState } from './use-what-if.ts'
import type { OpenTranche } from './what-if-answers.ts'

const DAY_MS = 86_400_000
const FIRST = 24

interface SlipBoardProps {
  readonly opened: WhatIfState['opened']
  readonly pool: string | undefined
  readonly slips: SlipDays
  readonly onDrag: (slips: SlipDays) => void
  readonly onSettle: (slips: SlipDays) => void
}

/** All that is not handed over yet, on a line of time on which it can be moved to later. */
export function SlipBoard({ opened, pool, slips, onDrag, onSettle }: SlipBoardProps) {
  const now = useNow()
  const [showsAll, setShowsAll] = useState(false)
  const [recorded, setRecorded] = useState<OpenTranche>()
  const tranches = useMemo(
    () => opened?.tranches.filter((tranche) => pool === undefined || tranche.pool === pool) ?? [],
    [opened, pool],
  )
  const [first] = tranches
  const scale = useMemo(
    () => timeScale(first?.start ?? 0, Math.max(opened?.horizon.until ?? 1, (first?.start ?? 0) + 1)),
    [first, opened],
  )
  if (!opened) return <Skeleton h={240} />
  if (tranches.length === 0)
    return <Empty title="Nothing can come later">All that was promised has been handed over.</Empty>
  const move = (key: string, days: number): SlipDays => new Map([...slips, [key, days]])
  const shown = showsAll ? tranches : tranches.filter((one, n) => n < FIRST || slips.has(one.key))
  return (
    <>
      <Timeline label="Tranches to come" scale={scale} now={now}>
        {shown.map((tranche) => (
          <SlipRow
            key={tranche.key}
            tranche={tranche}
            days={slips.get(tranche.key) ?? 0}
            scale={scale}
            now={now}
            until={opened.horizon.until}
            onDrag={(days) => onDrag(move(tranche.key, days))}
            onSettle={(days) => onSettle(move(tranche.key, days))}
            onRecord={() => setRecorded(tranche)}
          />
        ))}
      </Timeline>
      {shown.length < tranches.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setShowsAll(true)} w="fit-content">
          Show {tranches.length - shown.length} more
        </Button>
      )}
      {recorded && (
        <TrancheDialog
          agreement={recorded.agreement}
          of={{ line: recorded.line, tranche: asTranche(recorded) }}
          late={dayText(recorded.start + (slips.get(recorded.key) ?? 0) * DAY_MS)}
          onDone={() => onSettle(move(recorded.key, 0))}
          onClose={() => setRecorded(undefined)}
        />
      )}
    </>
  )
}

function asTranche({ tranche, accelerators, promised }: OpenTranche) {
  const iso = new Date(promised).toISOString()
  return { id: tranche, accelerators, promised: iso, expected: null, delivered: null }
}

interface SlipRowProps {
  readonly tranche: OpenTranche
  readonly days: number
  readonly scale: TimeScale
  readonly now: number
  readonly until: number
  readonly onDrag: (days: number) => void
  readonly onSettle: (days: number) => void
  readonly onRecord: () => void
}

function SlipRow({ tranche, days, scale, now, until, onDrag, onSettle, onRecord }: SlipRowProps) {
  const mayRecord = useMay(delayTranche)
  const { agreement, line, tranche: id, accelerators, promised, start } = tranche
  const comes = start + days * DAY_MS
  const name = `${agreement} ${line} ${id}`
  return (
    <TimelineRow
      scale={scale}
      now={now}
      name={
        <>
          <Link to="/agreements/$id" params={{ id: agreement }}>
            {agreement}
          </Link>{' '}
          {id}{' '}
          <Text component="span" size="xs" c="dimmed">
            {countText(accelerators)}
          </Text>
        </>
      }
      side={
        <>
          <span className={classes.day}>{momentText(new Date(comes).toISOString(), 'day')}</span>
          <NumberInput
            aria-label={`Days later: ${name}`}
            size="xs"
            w={92}
            min={0}
            max={9_999}
            clampBehavior="strict"
            allowDecimal={false}
            suffix=" d"
            value={days}
            onChange={(value) => onSettle(Number(value) || 0)}
          />
          {mayRecord && days > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Record ${name} as late`}
              onClick={onRecord}
            >
              Record
            </Button>
          )}
        </>
      }
    >
      {comes < until && <TimelineBar scale={scale} start={comes} until={until} tone="coming" />}
      {comes > promised && <TimelineBar scale={scale} start={promised} until={comes} tone="late" />}
      <TimelinePoint scale={scale} at={promised} tone="promised" />
      <SlipHandle name={name} start={start} days={days} scale={scale} onDrag={onDrag} onSettle={onSettle} />
    </TimelineRow>
  )
}
