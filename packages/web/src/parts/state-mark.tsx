import classes from './state-mark.module.css'

interface StateMarkProps {
  readonly text: string
  readonly tone: 'quiet' | 'good' | 'warn' | 'caution' | 'accent'
}

/** A word for where something stands, with a dot whose colour says it again. */
export function StateMark({ text, tone }: StateMarkProps) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {text}
    </span>
  )
}
