import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { cancelJob, type JobView, showJob } from '@offtake/contract/api/job-routes'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newKey, reading } from '../../../api/call.ts'
import { problemText } from '../../../api/problem-error.ts'
import { useMay } from '../../../session/session.ts'

/** Stops a job for good, once that was confirmed. */
export function CancelJob({ job }: { readonly job: JobView }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const isAllowed = useMay(cancelJob)
  const isAlive = job.state === 'waiting' || job.state === 'running'
  if (!isAllowed || !isAlive) return null
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} stroke={1.6} />} onClick={open}>
        Cancel
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Cancel ${job.name}?`} centered>
        <Confirmation job={job} onDone={close} />
      </Modal>
    </>
  )
}

interface ConfirmationProps {
  readonly job: JobView
  readonly onDone: () => void
}

function Confirmation({ job: { id, state, accelerators }, onDone }: ConfirmationProps) {
  const queries = useQueryClient()
  // One key for as long as it is asked: to press it again does not cancel what comes after.
  const [key] = useState(newKey)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => call(cancelJob, { params: { id }, key }),
    onSuccess: ({ value }) => {
      queries.setQueryData(reading(showJob, { params: { id } }).queryKey, value)
      onDone()
    },
  })
  return (
    <Stack gap="md">
      <Text size="sm">
        {state === 'running'
          ? `It runs on ${accelerators} accelerators. What it did since its last save is lost, and it does not start again.`
          : 'It waits, and will not start.'}
      </Text>
      {error && (
        <Text size="sm" c="var(--warn)" role="alert">
          {problemText(error)}
        </Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onDone}>
          Keep it
        </Button>
        <Button color="red" loading={isPending} onClick={() => mutate()}>
          Cancel the job
        </Button>
      </Group>
    </Stack>
  )
}
