import type { ReactNode } from 'react'
import classes from './note.module.css'

interface NoteProps {
  readonly tone: 'caution' | 'good' | 'warn' | 'accent'
  readonly children: ReactNode
}

/** Something to know before one goes on, said in place. */
export function Note({ tone, children }: NoteProps) {
  return (
    <div className={classes.note} data-tone={tone} role={tone === 'warn' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
