import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ProblemError, problemText } from '../api/problem-error.ts'

/** What went wrong, in a sentence, and how to go on. */
export function Failure({ error, again }: { readonly error: unknown; readonly again?: () => unknown }) {
  const title = error instanceof ProblemError ? error.problem.title : 'This could not be read'
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problemText(error)}</Text>
        {again && (
          <Button size="xs" variant="default" onClick={() => again()}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
