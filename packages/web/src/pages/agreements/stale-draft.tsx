import { Button, Group, Stack } from '@mantine/core'
import { DiffView } from '../../parts/diff/diff-view.tsx'
import { mergeTexts } from '../../parts/diff/merge-texts.ts'
import { Note } from '../../parts/note.tsx'
import type { Draft } from './file-draft.ts'

interface StaleDraftProps {
  readonly draft: Draft
  /** As it is now. */
  readonly current: { readonly text: string; readonly etag: string }
  readonly onChange: (draft: Draft | undefined) => void
}

/** That somebody else changed the agreement meanwhile, what they changed, and how to go on with nothing lost. */
export function StaleDraft({ draft, current, onChange }: StaleDraftProps) {
  const { text: theirs, etag } = current
  const merged = mergeTexts(draft.base, draft.text, theirs)
  const goOn = (text: string): void => onChange(text === theirs ? undefined : { base: theirs, etag, text })
  return (
    <Stack gap="sm">
      <Note tone="warn">
        <span>
          It has changed since you began. What you wrote is kept.{' '}
          {merged === undefined
            ? 'Both of you changed the same place: take over by hand what they changed, and go on.'
            : 'Your changes and theirs do not touch.'}
        </span>
        <Group gap="xs">
          {merged !== undefined && (
            <Button size="compact-sm" onClick={() => goOn(merged)}>
              Put both together
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => goOn(draft.text)}>
            Go on with mine
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onChange(undefined)}>
            Take theirs
          </Button>
        </Group>
      </Note>
      <DiffView label="What changed meanwhile" before={draft.base} after={theirs} />
    </Stack>
  )
}
