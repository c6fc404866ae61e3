import { Stack } from '@mantine/core'
import { submitJob } from '@offtake/contract/api/job-routes'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { YamlForm } from '../../../parts/editor/yaml-form.tsx'
import type { KnownNames } from '../../../parts/editor/yaml-suggestions.ts'
import { Outcome } from './outcome.tsx'

interface JobEditorProps {
  readonly first: string
  readonly known: KnownNames
}

/** What is to be run, as YAML, and what became of it. */
export function JobEditor({ first, known }: JobEditorProps) {
  const [ids, setIds] = useState<readonly string[]>([])
  return (
    <Stack gap="md">
      <YamlForm
        label="The job, as YAML"
        first={first}
        known={known}
        route={submitJob}
        submit="Submit"
        send={async (body, key) => {
          const { value } = await call(submitJob, { body: body as never, key })
          setIds((before) => [value.id, ...before])
        }}
      />
      {ids.map((id) => (
        <Outcome key={id} id={id} />
      ))}
    </Stack>
  )
}
