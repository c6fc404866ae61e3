import { Button, Group, Stack, Textarea } from '@mantine/core'
import { addAgreement } from '@offtake/contract/api/agreement-routes'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, newKey } from '../../api/call.ts'
import { Page } from '../../parts/page.tsx'
import classes from './file-editor.module.css'
import { FileProblems } from './file-problems.tsx'
import { Outcome } from './outcome.tsx'

const DRAFT = `id: new-agreement
title: What it is called
provider: provider
instrument: capacity
status: draft
term: { start: 2027-01-01, until: 2028-01-01 }
lines:
  - id: h100
    hardware: h100
    region: eu-north
    price:
      kind: perAcceleratorHour
      amount: { value: 2.50, source: the offer }
    tranches:
      - { id: first, accelerators: 64, promised: 2027-01-01 }
`

/** Adds an agreement, by its text. */
export function NewAgreementPage() {
  const [text, setText] = useState(DRAFT)
  const navigate = useNavigate()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => call(addAgreement, { body: { text }, key: newKey() }),
    onSuccess: ({ value }) => {
      if ('id' in value) void navigate({ to: '/agreements/$id', params: { id: value.id } })
    },
  })
  return (
    <Page
      title="Add an agreement"
      about="As a draft it counts for nothing until it is signed; a signed one needs a second person."
    >
      <Stack gap="md">
        {error && <FileProblems error={error} />}
        <Outcome answer={data?.value} error={null} done="It is added." />
        <Textarea
          label="Its file"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={18}
          maxRows={36}
          spellCheck={false}
          classNames={{ input: classes.text }}
        />
        <Group>
          <Button loading={isPending} onClick={() => mutate()}>
            Add
          </Button>
        </Group>
      </Stack>
    </Page>
  )
}
