import { Button, Group, Modal, Stack } from '@mantine/core'
import { delayTranche, deliverTranche } from '@offtake/contract/api/agreement-routes'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call, newKey } from '../../api/call.ts'
import { dayText } from '../../parts/day-text.ts'
import { countText } from '../../parts/number-text.ts'
import { type Changed, Outcome } from './outcome.tsx'
import { type Said, TrancheFields } from './tranche-fields.tsx'
import type { TrancheOf } from './tranche-state.ts'

interface TrancheDialogProps {
  readonly agreement: string
  readonly of: TrancheOf
  /** Where it is known to be late: the day to begin with. */
  readonly late?: string
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** Records that a tranche was handed over, or when it is now expected. */
export function TrancheDialog({ agreement, of, late, onDone, onClose }: TrancheDialogProps) {
  const { line, tranche } = of
  const [said, setSaid] = useState<Said>({
    what: late === undefined ? 'delivered' : 'late',
    on: dayText(Date.now()),
    expected: late ?? (tranche.expected ?? tranche.promised).slice(0, 10),
    source: '',
  })
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => record(agreement, of, said),
    ...(onDone ? { onSuccess: onDone } : {}),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${line} ${tranche.id}: ${countText(tranche.accelerators)} accelerators`}
    >
      <Stack component="form" gap="md" onSubmit={submit}>
        <TrancheFields said={said} onSay={setSaid} />
        <Outcome answer={data} error={error} done="It is recorded." />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {data ? 'Close' : 'Cancel'}
          </Button>
          {!data && (
            <Button type="submit" loading={isPending}>
              {said.what === 'delivered' ? 'Record the delivery' : 'Record that it is late'}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

async function record(id: string, { line, tranche }: TrancheOf, said: Said): Promise<Changed> {
  const params = { id, line, tranche: tranche.id }
  if (said.what === 'delivered')
    return (await call(deliverTranche, { params, body: { on: said.on }, key: newKey() })).value
  const source = said.source.trim()
  const body = { expected: said.expected, ...(source === '' ? {} : { source }) }
  return (await call(delayTranche, { params, body, key: newKey() })).value
}
