import type { Chart } from './chart.ts'
import type { Html } from './html.ts'

/** One part of the report: a sentence that says what is to be seen, and what shows it. */
export interface Section {
  readonly id: string
  /** What stands above the sentence. */
  readonly topic: string
  /** Says what the chart shows, with its number. */
  readonly heading: string
  /** What a reader needs to know to read it rightly. */
  readonly text?: string
  readonly chart?: Chart
  /** What is shown in the place of a chart. */
  readonly body?: Html
  /** To be opened: the chart's own numbers first. */
  readonly tables?: readonly TitledTable[]
}

export interface TitledTable extends DataTable {
  readonly title: string
}

export interface DataTable {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | Html)[])[]
}

export interface Column {
  readonly title: string
  readonly isNumeric: boolean
}

export function words(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, isNumeric: false }))
}

export function numbers(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, isNumeric: true }))
}
