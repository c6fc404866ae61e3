import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { cancelJob, type JobView, showJob } from '@offtake/contract/api/job-routes'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newKey, reading } from '../../../api/call.ts'
import { Confirm } from '../../../parts/confirm.tsx'
import { useMay } from '../../../session/session.ts'

/** Stops a job for good, once that was confirmed. */
export function CancelJob({ job }: { readonly job: JobView }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const deed = useCancel(job.id, close)
  const isAllowed = useMay(cancelJob)
  const isAlive = job.state === 'waiting' || job.state === 'running'
  if (!isAllowed || !isAlive) return null
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} stroke={1.6} />} onClick={open}>
        Cancel
      </Button>
      <Confirm
        title={`Cancel ${job.name}?`}
        follows={
          job.state === 'running'
            ? `It runs on ${job.accelerators} accelerators. What it did since its last save is lost, and it does not start again.`
            : 'It waits, and will not start.'
        }
        keep="Keep it"
        go="Cancel the job"
        isOpen={isOpen}
        onClose={close}
        deed={deed}
      />
    </>
  )
}

function useCancel(id: string, onDone: () => void) {
  const queries = useQueryClient()
  // One key for as long as the page is shown: an id is cancelled once.
  const [key] = useState(newKey)
  return useMutation({
    mutationFn: () => call(cancelJob, { params: { id }, key }),
    onSuccess: ({ value }) => {
      queries.setQueryData(reading(showJob, { params: { id } }).queryKey, value)
      onDone()
    },
  })
}
