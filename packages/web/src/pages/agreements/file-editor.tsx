import { Button, Group, Skeleton, Stack, Textarea } from '@mantine/core'
import { amendAgreement, showAgreement } from '@offtake/contract/api/agreement-routes'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call, newKey, readingToEdit } from '../../api/call.ts'
import { ProblemError } from '../../api/problem-error.ts'
import { DiffView } from '../../parts/diff/diff-view.tsx'
import { Failure } from '../../parts/failure.tsx'
import { useMay } from '../../session/session.ts'
import { type Draft, useDraft } from './file-draft.ts'
import classes from './file-editor.module.css'
import { FileProblems } from './file-problems.tsx'
import { Outcome } from './outcome.tsx'
import { StaleDraft } from './stale-draft.tsx'

/** The text of an agreement, to be read and amended. What one writes stays until one saves it or lets it go. */
export function FileEditor({ id }: { readonly id: string }) {
  const mayAmend = useMay(amendAgreement)
  const [draft, setDraft] = useDraft(id)
  const read = useQuery(readingToEdit(showAgreement, { params: { id } }))
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: ({ text, etag }: Draft) =>
      call(amendAgreement, { params: { id }, body: { text }, match: etag, key: newKey() }),
    onSuccess: () => setDraft(undefined),
    onError: (problem) => {
      if (isStale(problem)) void read.refetch()
    },
  })
  if (read.error) return <Failure error={read.error} again={read.refetch} />
  if (!read.data) return <Skeleton h={400} />
  const { value, etag = '' } = read.data
  const current = { text: value.text, etag }
  const isOutdated = draft !== undefined && draft.etag !== etag
  const write = (text: string): void => {
    if (data || error) reset()
    const { base, etag: on } = draft ?? { base: current.text, etag }
    setDraft(text === base && on === etag ? undefined : { base, etag: on, text })
  }
  return (
    <Stack gap="md">
      {isOutdated && <StaleDraft draft={draft} current={current} onChange={setDraft} />}
      {error && !isStale(error) && <FileProblems error={error} />}
      <Outcome answer={data?.value} error={null} done="It is amended." />
      <Textarea
        label={value.file}
        description={
          mayAmend ? 'Saving it amends the agreement, where the portfolio still holds together.' : undefined
        }
        value={draft?.text ?? value.text}
        onChange={(event) => write(event.currentTarget.value)}
        readOnly={!mayAmend || isPending}
        autosize
        minRows={16}
        maxRows={36}
        spellCheck={false}
        classNames={{ input: classes.text }}
      />
      {draft && (
        <>
          <Group gap="sm">
            <Button loading={isPending} disabled={isOutdated} onClick={() => mutate(draft)}>
              Amend
            </Button>
            <Button variant="default" disabled={isPending} onClick={() => setDraft(undefined)}>
              Discard what I wrote
            </Button>
          </Group>
          <DiffView label="What you change" before={draft.base} after={draft.text} />
        </>
      )}
    </Stack>
  )
}

function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'stale'
}
