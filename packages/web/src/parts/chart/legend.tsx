import classes from './chart.module.css'
import { Swatch } from './swatch.tsx'

interface LegendProps {
  readonly items: readonly { readonly name: string; readonly color: string; readonly isLine?: boolean }[]
}

/** What each colour is, above its chart. */
export function Legend({ items }: LegendProps) {
  return (
    <ul className={classes.legend}>
      {items.map(({ name, color, isLine }) => (
        <li key={name}>
          <Swatch color={color} isLine={isLine ?? false} />
          {name}
        </li>
      ))}
    </ul>
  )
}
