import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './tile.module.css'

interface TileProps {
  readonly label: string
  /** Nothing while it is read. */
  readonly value: ReactNode | undefined
  /** What it is measured by, or what it is part of. */
  readonly note?: ReactNode
  readonly tone?: 'warn'
}

/** One figure that one looks for first. */
export function Tile({ label, value, note, tone }: TileProps) {
  return (
    <div className={classes.tile} data-tone={tone}>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value ?? <Skeleton h={26} w="60%" my={4} />}</div>
      <div className={classes.note}>{note}</div>
    </div>
  )
}

/** Figures beside one another, as many as there is room for. */
export function Tiles({ children }: { readonly children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>
}
