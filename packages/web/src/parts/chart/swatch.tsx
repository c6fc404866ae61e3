import classes from './chart.module.css'

/** The colour of a series beside its name. */
export function Swatch({ color, isLine = false }: { readonly color: string; readonly isLine?: boolean }) {
  return (
    <svg className={classes.swatch} viewBox="0 0 12 8" aria-hidden="true">
      {isLine ? (
        <path d="M0 4h12" stroke={color} strokeWidth="2" strokeDasharray="3 2" />
      ) : (
        <rect width="12" height="8" rx="2" fill={color} />
      )}
    </svg>
  )
}
