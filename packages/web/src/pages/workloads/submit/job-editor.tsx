import { Button, Group, Stack, Text } from '@mantine/core'
import { type JobView, submitJob } from '@offtake/contract/api/job-routes'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newKey } from '../../../api/call.ts'
import { ProblemError, problemText } from '../../../api/problem-error.ts'
import { isWorthARetry } from '../../../api/query-client.ts'
import { useRequestSchema } from '../../../api/request-schema.ts'
import { YamlEditor } from '../../../parts/editor/yaml-editor.tsx'
import type { KnownNames } from '../../../parts/editor/yaml-suggestions.ts'
import { Outcome } from './outcome.tsx'

interface JobEditorProps {
  readonly first: string
  readonly known: KnownNames
}

/** How often and how long apart it is sent again while the server is away. */
const MOST_TRIES = 40
const AGAIN_MS = 1_500

const NO_PROBLEMS: readonly never[] = []

/** What is to be run, as YAML, and what became of it. */
export function JobEditor({ first, known }: JobEditorProps) {
  const [text, setText] = useState(first)
  const [answers, setAnswers] = useState<readonly JobView[]>([])
  const schema = useRequestSchema(submitJob)
  const { mutate, error, isPending, failureCount, reset } = useMutation({
    mutationFn: async ({ said, key }: { readonly said: string; readonly key: string }) => {
      const { saidIn } = await import('../../../parts/editor/yaml-problems.ts')
      return call(submitJob, { body: saidIn(said) as never, key })
    },
    // Under the same key it is done once, whether an answer was lost or never made.
    retry: (tries, failed) => tries < MOST_TRIES && isWorthARetry(failed),
    retryDelay: AGAIN_MS,
    onSuccess: ({ value }) => setAnswers((before) => [value, ...before]),
  })
  const problems = error instanceof ProblemError ? (error.problem.errors ?? NO_PROBLEMS) : NO_PROBLEMS
  return (
    <Stack gap="md">
      <YamlEditor
        label="The job, as YAML"
        text={first}
        onChange={(said) => {
          setText(said)
          if (error) reset()
        }}
        schema={schema}
        known={known}
        problems={problems}
      />
      <Group gap="md">
        <Button loading={isPending} onClick={() => mutate({ said: text, key: newKey() })}>
          Submit
        </Button>
        <Text size="sm" role="status" c={error ? 'var(--warn)' : 'dimmed'}>
          {error && problemText(error).replace(/^body\./, '')}
          {isPending && failureCount > 0 && 'The server is away. It is sent again by itself, and done once.'}
        </Text>
      </Group>
      {answers.map(({ id }) => (
        <Outcome key={id} id={id} />
      ))}
    </Stack>
  )
}
