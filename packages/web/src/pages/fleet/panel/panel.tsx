import { ActionIcon, Group, Text, Title } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  readonly title: string
  readonly about: ReactNode
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What is known of a part of the map, beside it. */
export function Panel({ title, about, actions, onClose, children }: PanelProps) {
  const head = useRef<HTMLHeadingElement>(null)
  // Who opens it by the keyboard is led there.
  useEffect(() => head.current?.focus({ preventScroll: true }), [])
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose()
  }
  return (
    <aside className={classes.panel} aria-label={title} onKeyDown={closeByKey}>
      <header className={classes.head}>
        <div>
          <Title order={2} ref={head} tabIndex={-1}>
            {title}
          </Title>
          <Text size="sm" c="dimmed" component="div">
            {about}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          {actions}
          <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
            <IconX size={17} stroke={1.6} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}
