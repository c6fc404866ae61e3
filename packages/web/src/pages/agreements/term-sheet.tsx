import type { AgreementView } from '@offtake/contract/api/agreement'
import { FigureMark } from '../../parts/figure-mark.tsx'
import classes from './term-sheet.module.css'

/** All that it says, section by section; every figure says where it comes from. */
export function TermSheet({ terms }: { readonly terms: AgreementView['terms'] }) {
  return (
    <div className={classes.sheet}>
      {terms.map(({ title, rows }) => (
        <section key={title} className={classes.section} aria-label={title}>
          <h3 className={classes.title}>{title}</h3>
          <dl className={classes.rows}>
            {rows.map(({ label, value, provenance }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: labels may occur twice, and rows keep their places
              <div key={n} className={classes.row} data-alone={label === '' || undefined}>
                <dt className={classes.label} data-under={label.startsWith(' ') || undefined}>
                  {label.trim()}
                </dt>
                <dd className={classes.value}>
                  {value}
                  {provenance && <FigureMark provenance={provenance} />}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
