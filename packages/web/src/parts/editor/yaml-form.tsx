import { Button, Group, Stack, Text } from '@mantine/core'
import type { Route } from '@offtake/contract/api/route'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey } from '../../api/call.ts'
import { ProblemError, problemText } from '../../api/problem-error.ts'
import { isWorthARetry } from '../../api/query-client.ts'
import { useRequestSchema } from '../../api/request-schema.ts'
import { YamlEditor } from './yaml-editor.tsx'
import type { KnownNames } from './yaml-suggestions.ts'

interface YamlFormProps {
  readonly label: string
  /** What the editor begins with. */
  readonly first: string
  readonly known: KnownNames
  /** What it is sent to, by whose schema it is checked. */
  readonly route: Pick<Route, 'path' | 'method'>
  readonly submit: string
  /** Sends what was written; under the same key it is done once. */
  readonly send: (body: unknown, key: string) => Promise<void>
}

/** How often and how long apart it is sent again while the server is away. */
const MOST_TRIES = 40
const AGAIN_MS = 1_500

const NO_PROBLEMS: readonly never[] = []

/** A request as YAML: completed and checked as it is written, and sent. */
export function YamlForm({ label, first, known, route, submit, send }: YamlFormProps) {
  const [text, setText] = useState(first)
  const schema = useRequestSchema(route)
  const { mutate, error, isPending, failureCount, reset } = useMutation({
    mutationFn: async ({ said, key }: { readonly said: string; readonly key: string }) => {
      const { saidIn } = await import('./yaml-problems.ts')
      await send(saidIn(said), key)
    },
    retry: (tries, failed) => tries < MOST_TRIES && isWorthARetry(failed),
    retryDelay: AGAIN_MS,
  })
  const problems = error instanceof ProblemError ? (error.problem.errors ?? NO_PROBLEMS) : NO_PROBLEMS
  const write = (said: string): void => {
    setText(said)
    if (error) reset()
  }
  return (
    <Stack gap="md">
      <YamlEditor
        label={label}
        text={first}
        onChange={write}
        schema={schema}
        known={known}
        problems={problems}
      />
      <Group gap="md">
        <Button loading={isPending} onClick={() => mutate({ said: text, key: newKey() })}>
          {submit}
        </Button>
        <Text size="sm" role="status" c={error ? 'var(--warn)' : 'dimmed'}>
          {error && problemText(error).replace(/^body\./, '')}
          {isPending && failureCount > 0 && 'The server is away. It is sent again by itself, and done once.'}
        </Text>
      </Group>
    </Stack>
  )
}
