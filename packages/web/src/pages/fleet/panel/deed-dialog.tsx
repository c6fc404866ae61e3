import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../../../api/problem-error.ts'
import type { Part } from './part.ts'
import { carryOut, DEED_TEXTS, type Deed } from './part-changes.ts'

interface DeedDialogProps {
  readonly deed: Deed
  readonly part: Part
  readonly jobs: readonly string[]
  readonly onClose: () => void
}

const AS_PROMISED = 'promised'
const NOTICES = [
  { value: AS_PROMISED, label: 'As long as tenants were promised' },
  { value: '4h', label: 'In 4 hours' },
  { value: '24h', label: 'In a day' },
]

// `lockScroll` would put a style into the page that its policy holds back.

/** Says what will follow, asks for a yes, and tells what followed. */
export function DeedDialog({ deed, part, jobs, onClose }: DeedDialogProps) {
  const { label, title, before, isHarsh } = DEED_TEXTS[deed]
  const [notice, setNotice] = useState(AS_PROMISED)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => carryOut(deed, part, notice === AS_PROMISED ? undefined : notice),
  })
  if (data !== undefined)
    return (
      <Modal opened onClose={onClose} title="Done" centered lockScroll={false}>
        <Stack gap="md">
          <Text size="sm" role="status">
            {data}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              Close
            </Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <Modal opened onClose={onClose} title={title(part)} centered lockScroll={false}>
      <Stack gap="md">
        <Text size="sm">{before(jobs)}</Text>
        {deed === 'drain' && (
          <Select
            label="When it goes out of service"
            data={NOTICES}
            value={notice}
            onChange={(value) => setNotice(value ?? AS_PROMISED)}
            allowDeselect={false}
          />
        )}
        {error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button {...(isHarsh ? { color: 'red.8' } : {})} loading={isPending} onClick={() => mutate()}>
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
