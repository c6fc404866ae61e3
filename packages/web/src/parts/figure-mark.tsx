import { Tooltip } from '@mantine/core'
import type { ProvenanceView } from '@offtake/contract/api/agreement'
import classes from './figure-mark.module.css'

const WORDS = {
  stated: { letter: 's', says: 'Stated in' },
  derived: { letter: 'd', says: 'Derived by' },
  assumed: { letter: 'a', says: 'Assumed because' },
} as const

/** Where a figure comes from: a quiet letter that says it in full to whoever points at it or comes to it by the keyboard. */
export function FigureMark({ provenance: { kind, said } }: { readonly provenance: ProvenanceView }) {
  const { letter, says } = WORDS[kind]
  const text = `${says}: ${said}`
  return (
    <Tooltip
      label={text}
      multiline
      maw={380}
      openDelay={80}
      events={{ hover: true, focus: true, touch: true }}
      withArrow
    >
      <button type="button" className={classes.mark} data-kind={kind} aria-label={text}>
        {letter}
      </button>
    </Tooltip>
  )
}
