import { IconUserCircle } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useSession } from '../session/session.ts'
import classes from './shell.module.css'

// Loaded when it is opened for the first time.
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }))

/** Who is signed in: opens how it looks, and the way out. */
export function Account() {
  const { actor } = useSession()
  const [isAsked, setIsAsked] = useState(false)
  const button = (
    <button
      type="button"
      className={classes.account}
      aria-label={`Signed in as ${actor}`}
      aria-haspopup="menu"
      onClick={() => setIsAsked(true)}
    >
      <IconUserCircle size={24} stroke={1.5} aria-hidden="true" />
    </button>
  )
  if (!isAsked) return button
  return (
    <Suspense fallback={button}>
      <AccountMenu button={button} />
    </Suspense>
  )
}
