import classes from './meter.module.css'

interface MeterPart {
  readonly name: string
  readonly share: number
  readonly tone: 'full' | 'soft' | 'warn' | 'good'
}

interface MeterProps {
  /** What it shows, for whoever does not see it. */
  readonly label: string
  /** From the left; what they leave of one is empty. */
  readonly parts: readonly MeterPart[]
}

/** Shares of a whole as one thin bar. */
export function Meter({ label, parts }: MeterProps) {
  const shown = parts.filter(({ share }) => share > 0)
  return (
    <div className={classes.meter} role="img" aria-label={label}>
      {shown.map(({ name, share, tone }) => (
        <span
          key={name}
          title={name}
          className={classes.part}
          data-tone={tone}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      ))}
    </div>
  )
}
