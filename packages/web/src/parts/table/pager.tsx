import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'

interface PagerProps {
  readonly shown: number
  readonly isFirst: boolean
  readonly next: string | null | undefined
  /** Goes to the first page, with nothing, or to the one after a cursor. */
  readonly onGo: (cursor: string | undefined) => void
}

/** The way through a list that the server cuts into pages; the browser's way back is the way to the page before. */
export function Pager({ shown, isFirst, next, onGo }: PagerProps) {
  return (
    <>
      <Text size="sm">
        {shown} shown{isFirst && !next ? '' : isFirst ? ', the first page' : ''}
      </Text>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconChevronLeft size={15} />}
          disabled={isFirst}
          onClick={() => onGo(undefined)}
        >
          First
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          rightSection={<IconChevronRight size={15} />}
          disabled={!next}
          onClick={() => next && onGo(next)}
        >
          Next
        </Button>
      </Group>
    </>
  )
}
