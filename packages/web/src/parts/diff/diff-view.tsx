import { useMemo } from 'react'
import classes from './diff-view.module.css'
import { type DiffLine, diffParts, lineDiff } from './line-diff.ts'

interface DiffViewProps {
  /** What is compared, such as the file's path. */
  readonly label: string
  readonly before: string
  readonly after: string
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const
const WORDS = { same: '', removed: 'removed: ', added: 'added: ' } as const

/** What changed from one text to another, with some lines around it. */
export function DiffView({ label, before, after }: DiffViewProps) {
  const lines = useMemo(() => lineDiff(before, after), [before, after])
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length
  const [added, removed] = [count('added'), count('removed')]
  return (
    <figure className={classes.frame}>
      <figcaption className={classes.head}>
        <span>{label}</span>
        <span>{added === 0 && removed === 0 ? 'nothing changed' : `${added} added, ${removed} removed`}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={`Changes of ${label}`}>
        {diffParts(lines).map((part, n) =>
          part.kind === 'gap' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
            <div key={n} className={classes.gap}>
              {part.count === 1 ? '1 line as it was' : `${part.count} lines as they were`}
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
            <Lines key={n} lines={part.lines} />
          ),
        )}
      </section>
    </figure>
  )
}

function Lines({ lines }: { readonly lines: readonly DiffLine[] }) {
  return lines.map(({ kind, text }, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
    <div key={n} className={classes.line} data-kind={kind}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      <span>
        {kind !== 'same' && <span className={classes.spoken}>{WORDS[kind]}</span>}
        {text}
      </span>
    </div>
  ))
}
