import { Button, Group, Stack, Text } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { problemText } from '../api/problem-error.ts'
import { Dialog } from './dialog.tsx'

interface ConfirmProps {
  /** What is asked. */
  readonly title: string
  /** What follows from it. */
  readonly follows: string
  readonly keep: string
  readonly go: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly deed: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'error' | 'isPending'>
}

/** Asks before something is done that cannot be taken back. */
export function Confirm({ title, follows, keep, go, isOpen, onClose, deed }: ConfirmProps) {
  const { mutate, error, isPending } = deed
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{follows}</Text>
        {error && (
          <Text size="sm" c="var(--warn)" role="alert">
            {problemText(error)}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button color="red" loading={isPending} onClick={() => mutate()}>
            {go}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
