import { Button, Stack, Text } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { exerciseOption } from '@offtake/contract/api/agreement-routes'
import { useMutation } from '@tanstack/react-query'
import { call, newKey } from '../../api/call.ts'
import { momentText } from '../../parts/moment.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import type { TimeScale } from '../../parts/timeline/time-scale.ts'
import { Timeline, TimelineBar, TimelinePoint, TimelineRow } from '../../parts/timeline/timeline.tsx'
import { useMay } from '../../session/session.ts'
import { Outcome } from './outcome.tsx'

interface OptionsProps {
  readonly agreement: AgreementView
  readonly scale: TimeScale
  readonly now: number
}

type Option = AgreementView['options'][number]
type Right = AgreementView['rights'][number]

/** When options can be exercised, and when others have a right to be first or alone. */
export function OptionsAndRights({ agreement, scale, now }: OptionsProps) {
  const { id, state, options, rights } = agreement
  const mayExercise = useMay(exerciseOption) && (state === 'signed' || state === 'active')
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: async (option: string) =>
      (await call(exerciseOption, { params: { id, option }, body: {}, key: newKey() })).value,
  })
  return (
    <Stack gap="sm">
      <Timeline label="Options and rights" scale={scale} now={now}>
        {options.map((option) => (
          <TimelineRow
            key={option.id}
            scale={scale}
            now={now}
            name={<Named name={option.id} kind={`option to ${option.kind}`} />}
            side={
              <>
                <OptionText option={option} now={now} />
                {mayExercise && stateOf(option, now) === 'open' && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Exercise ${option.id}`}
                    loading={isPending && variables === option.id}
                    onClick={() => mutate(option.id)}
                  >
                    Exercise
                  </Button>
                )}
              </>
            }
          >
            <TimelineBar
              scale={scale}
              start={Date.parse(option.start)}
              until={Date.parse(option.until)}
              tone="window"
            />
            {option.exercised !== null && (
              <TimelinePoint scale={scale} at={Date.parse(option.exercised)} tone="there" />
            )}
          </TimelineRow>
        ))}
        {rights.map((right) => (
          <RightRow
            key={`${right.kind} ${right.holder} ${right.subject}`}
            right={right}
            scale={scale}
            now={now}
          />
        ))}
      </Timeline>
      <Outcome answer={data} error={error} done="The option is exercised." />
    </Stack>
  )
}

function Named({ name, kind }: { readonly name: string; readonly kind: string }) {
  return (
    <>
      {name}{' '}
      <Text component="span" size="xs" c="dimmed">
        {kind}
      </Text>
    </>
  )
}

interface RightRowProps {
  readonly right: Right
  readonly scale: TimeScale
  readonly now: number
}

function RightRow({ right: { kind, holder, subject, start, until, source }, scale, now }: RightRowProps) {
  return (
    <TimelineRow
      scale={scale}
      now={now}
      name={<Named name={holder} kind={kind === 'priority' ? 'is offered first' : 'has it alone'} />}
      side={
        <span title={source}>
          {subject}, {momentText(start, 'day')} to {momentText(until, 'day')}
        </span>
      }
    >
      <TimelineBar scale={scale} start={Date.parse(start)} until={Date.parse(until)} tone="quiet" />
    </TimelineRow>
  )
}

type OptionState = 'exercised' | 'opens' | 'open' | 'closed'

function stateOf({ start, until, exercised }: Option, now: number): OptionState {
  if (exercised !== null) return 'exercised'
  if (now < Date.parse(start)) return 'opens'
  return now < Date.parse(until) ? 'open' : 'closed'
}

const TONES = { exercised: 'good', opens: 'accent', open: 'caution', closed: 'quiet' } as const

function OptionText({ option, now }: { readonly option: Option; readonly now: number }) {
  const state = stateOf(option, now)
  const texts = {
    exercised: `exercised ${momentText(option.exercised ?? option.until, 'day')}`,
    opens: `opens ${momentText(option.start, 'day')}`,
    open: `open until ${momentText(option.until, 'day')}`,
    closed: `closed ${momentText(option.until, 'day')}`,
  }
  return <StateMark text={texts[state]} tone={TONES[state]} />
}
