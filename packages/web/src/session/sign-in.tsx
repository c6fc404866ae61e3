import { Anchor, Button, Center, Code, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { signIn } from '@offtake/contract/api/session-routes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { problemText } from '../api/problem-error.ts'
import { Mark } from '../parts/mark.tsx'
import { sessionQuery } from './session.ts'

/** Asks for a token, once: the browser keeps it where no script reads it. */
export function SignIn() {
  const [token, setToken] = useState('')
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => call(signIn, { body: { token: token.trim() } }),
    onSuccess: ({ value }) => queries.setQueryData(sessionQuery.queryKey, value),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (token.trim() !== '') mutate()
  }
  return (
    <Center component="main" mih="100vh" p="lg">
      <Stack component="form" gap="lg" maw={380} w="100%" onSubmit={submit}>
        <Group gap="sm">
          <Mark size={28} />
          <Title order={1}>Offtake</Title>
        </Group>
        <Text c="dimmed">
          Sign in with a token. The one in <Code>.offtake/token</Code> of the server may do everything; others
          are made with <Code>offtake token create</Code>.
        </Text>
        <PasswordInput
          label="Token"
          autoFocus
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={error ? problemText(error) : undefined}
        />
        <Button type="submit" loading={isPending}>
          Sign in
        </Button>
        <Text size="sm" c="dimmed">
          The API is described at <Anchor href="/openapi.json">/openapi.json</Anchor>.
        </Text>
      </Stack>
    </Center>
  )
}
