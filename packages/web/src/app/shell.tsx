import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { LiveState } from '../live/live-state.tsx'
import { useFollowing } from '../live/use-feed.ts'
import { Mark } from '../parts/mark.tsx'
import { mayAsk, useSession } from '../session/session.ts'
import { Account } from './account.tsx'
import { PLACES } from './places.ts'
import classes from './shell.module.css'

// Loaded when it is asked for: few look for something in the first second.
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** What stands around every page: where one is, what else there is, whether it is live. */
export function Shell() {
  const [showsPlaces, { toggle, close }] = useDisclosure(false)
  const [asked, setAsked] = useState(0)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const search = (): void => setAsked((times) => times + 1)
  useFollowing()
  useHotkeys([
    ['mod+K', search, { usePhysicalKeys: false }],
    ['/', search],
  ])
  // A page was chosen: the list of them has done its part on a narrow screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that matters
  useEffect(close, [path])
  return (
    <div className={classes.shell} data-places={showsPlaces || undefined}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <header className={classes.header}>
        <button
          type="button"
          className={classes.burger}
          onClick={toggle}
          aria-expanded={showsPlaces}
          aria-label="Pages"
        >
          <IconMenu2 size={20} stroke={1.7} aria-hidden="true" />
        </button>
        <Link to="/" className={classes.brand}>
          <Mark size={24} />
          Offtake
        </Link>
        <button type="button" className={classes.search} onClick={search} aria-keyshortcuts="/ Control+K">
          <IconSearch size={15} aria-hidden="true" />
          <span>Search or do</span>
          <kbd className={classes.key}>/</kbd>
        </button>
        <LiveState />
        <Account />
      </header>
      <nav className={classes.places} aria-label="Pages">
        <Places path={path} />
      </nav>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Suspense>{asked > 0 && <Palette asked={asked} />}</Suspense>
    </div>
  )
}

function Places({ path }: { readonly path: string }) {
  const session = useSession()
  const places = PLACES.filter(({ needs }) => mayAsk(session, needs))
  return places.map(({ to, label, icon: Icon }) => {
    const isHere = to === '/' ? path === '/' : path.startsWith(to)
    return (
      <Link key={to} to={to} className={classes.place} aria-current={isHere ? 'page' : undefined}>
        <Icon size={17} stroke={1.6} aria-hidden="true" />
        {label}
      </Link>
    )
  })
}
