import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useKnownNames } from '../../../parts/editor/use-known-names.ts'
import type { KnownNames } from '../../../parts/editor/yaml-suggestions.ts'
import { Page } from '../../../parts/page.tsx'
import { exampleJob, exampleProcess } from './example-jobs.ts'
import { JobEditor } from './job-editor.tsx'

/** Asks for a job to be run. */
export function SubmitPage() {
  const known = useKnownNames()
  return (
    <Page
      title="Submit a job"
      about={
        <Anchor component={Link} to="/workloads">
          All workloads
        </Anchor>
      }
    >
      {known ? <Begun known={known} /> : <Skeleton h={300} />}
    </Page>
  )
}

function Begun({ known }: { readonly known: KnownNames }) {
  const [example, setExample] = useState(() => exampleJob(known))
  const hasThisMachine = known.hardware?.includes('slot') ?? false
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          Checked as you write; the server looks again, and says at once where it starts or why it waits.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="subtle" onClick={() => setExample(exampleJob(known))}>
            An example
          </Button>
          {hasThisMachine && (
            <Button size="compact-sm" variant="subtle" onClick={() => setExample(exampleProcess(known))}>
              A process on this machine
            </Button>
          )}
        </Group>
      </Group>
      <JobEditor key={example} first={example} known={known} />
    </Stack>
  )
}
