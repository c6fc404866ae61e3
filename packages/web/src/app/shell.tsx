import { AppShell, Burger, Group, Kbd, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { LiveState } from '../live/live-state.tsx'
import { useFollowing } from '../live/use-feed.ts'
import { Mark } from '../parts/mark.tsx'
import { mayAsk, useSession } from '../session/session.ts'
import { Palette } from './palette.tsx'
import { palette } from './palette-store.ts'
import { PLACES } from './places.ts'
import classes from './shell.module.css'
import { UserMenu } from './user-menu.tsx'

/** What stands around every page: where one is, what else there is, whether it is live. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  useFollowing()
  // A page was chosen: the list of them has done its part on a narrow screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that matters
  useEffect(close, [path])
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" />
            <Link to="/" className={classes.brand}>
              <Mark size={24} />
              <Text fw={650} size="lg" component="span">
                Offtake
              </Text>
            </Link>
          </Group>
          <UnstyledButton className={classes.search} onClick={palette.open} visibleFrom="sm">
            <IconSearch size={15} aria-hidden="true" />
            <span>Search or do</span>
            <Kbd size="xs">/</Kbd>
          </UnstyledButton>
          <Group gap="md" wrap="nowrap">
            <LiveState />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <ScrollArea p="xs">
          <Places path={path} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
      <Palette />
    </AppShell>
  )
}

function Places({ path }: { readonly path: string }) {
  const session = useSession()
  const places = PLACES.filter(({ needs }) => mayAsk(session, needs))
  return (
    <nav aria-label="Pages">
      {places.map(({ to, label, icon: Icon }) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={label}
          leftSection={<Icon size={17} stroke={1.6} aria-hidden="true" />}
          active={to === '/' ? path === '/' : path.startsWith(to)}
          className={classes.place}
        />
      ))}
    </nav>
  )
}
