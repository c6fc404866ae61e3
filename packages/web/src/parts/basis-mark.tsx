import { Tooltip } from '@mantine/core'
import classes from './basis-mark.module.css'

type Basis = 'agreed' | 'measured' | 'forecast' | 'assumed'

const SAYS: Readonly<Record<Basis, string>> = {
  agreed: 'It follows from the terms alone.',
  measured: 'It follows metered use.',
  forecast: 'Use is foreseen as its pool was measured, and as demand rises and falls.',
  assumed: 'Nothing was measured for it: use is supposed.',
}

/** What a sum rests on, with what that means for whoever points at it or comes to it by the keyboard. */
export function BasisMark({ basis }: { readonly basis: Basis }) {
  return (
    <Tooltip label={SAYS[basis]} openDelay={80} events={{ hover: true, focus: true, touch: true }} withArrow>
      <button type="button" className={classes.mark} data-basis={basis}>
        {basis}
      </button>
    </Tooltip>
  )
}
