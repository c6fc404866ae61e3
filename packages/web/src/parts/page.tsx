import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

interface PageProps {
  readonly title: string
  /** One line that says what is seen here. */
  readonly about?: ReactNode
  /** What can be done here, at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page: its title, what can be done, and what it shows. */
export function Page({ title, about, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Offtake`)
  return (
    <Stack gap="xl" maw={1440} mx="auto" w="100%">
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap={4}>
          <Title order={1}>{title}</Title>
          {about !== undefined && (
            <Text c="dimmed" maw="70ch">
              {about}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}

interface SectionProps {
  readonly title: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page under a title of its own. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Stack gap={2}>
          <Title order={2}>{title}</Title>
          {about !== undefined && (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          )}
        </Stack>
        {actions}
      </Group>
      {children}
    </Stack>
  )
}
