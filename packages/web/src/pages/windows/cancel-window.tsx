import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { cancelWindow, listWindows } from '@offtake/contract/api/window-routes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newKey } from '../../api/call.ts'
import { Confirm } from '../../parts/confirm.tsx'

/** Gives back what was booked, once that was confirmed. */
export function CancelWindow({ id }: { readonly id: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const queries = useQueryClient()
  const [key] = useState(newKey)
  const deed = useMutation({
    mutationFn: () => call(cancelWindow, { params: { id }, key }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [listWindows.id] })
      close()
    },
  })
  return (
    <>
      <Button size="compact-xs" variant="subtle" aria-label={`Cancel ${id}`} onClick={open}>
        Cancel
      </Button>
      <Confirm
        title={`Cancel ${id}?`}
        follows="What was booked is given back; whoever runs in it stays, as any others."
        keep="Keep it"
        go="Cancel the window"
        isOpen={isOpen}
        onClose={close}
        deed={deed}
      />
    </>
  )
}
