import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type ApprovalView, approve, reject, showApproval } from '@offtake/contract/api/approval-routes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newKey } from '../../api/call.ts'
import { problemText } from '../../api/problem-error.ts'
import { Note } from '../../parts/note.tsx'
import { useMay, useSession } from '../../session/session.ts'

/** Yes or no, by whoever may say it: not by whoever asked. */
export function Decision({ approval: { id, askedBy, stale } }: { readonly approval: ApprovalView }) {
  const [note, setNote] = useState('')
  const { actor } = useSession()
  const queries = useQueryClient()
  const isOwn = actor === askedBy
  const mayApprove = useMay(approve) && !isOwn
  const mayReject = useMay(approve) || isOwn
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: async (yes: boolean): Promise<ApprovalView> => {
      if (yes) return (await call(approve, { params: { id }, key: newKey() })).value
      const said = note.trim()
      const body = said === '' ? {} : { note: said }
      return (await call(reject, { params: { id }, body, key: newKey() })).value
    },
    // It is told by an event as well; whoever decided need not wait for that.
    onSettled: () => queries.invalidateQueries({ queryKey: [showApproval.id] }),
  })
  return (
    <Stack gap="sm">
      {isOwn && (
        <Note tone="caution">You asked for this: somebody else must approve it. You may take it back.</Note>
      )}
      {!isOwn && !mayApprove && <Note tone="caution">It waits for somebody with the role approver.</Note>}
      {stale && (
        <Note tone="warn">
          One of its files has changed since: it can no longer be approved, only rejected and asked for anew.
        </Note>
      )}
      {error && <Note tone="warn">{problemText(error)}</Note>}
      {mayReject && (
        <Group gap="sm" align="flex-end">
          {mayApprove && (
            <Button
              disabled={stale || isPending}
              loading={isPending && variables}
              onClick={() => mutate(true)}
            >
              Approve
            </Button>
          )}
          <TextInput
            label="Note"
            placeholder="why not"
            w={280}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button variant="default" disabled={isPending} onClick={() => mutate(false)}>
            {isOwn ? 'Take it back' : 'Reject'}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
