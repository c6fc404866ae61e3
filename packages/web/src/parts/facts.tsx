import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface FactsProps {
  /** What each is called, and what it is; those that are nothing are left out. */
  readonly facts: readonly (readonly [string, ReactNode])[]
}

/** Facts of one thing under their names. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, fact]) =>
        fact === null || fact === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
