import type { CaseResult, FigureResult } from './bench.ts'
import { formatFigure } from './format-figure.ts'
import type { Verdict } from './limits.ts'

const HEAD = ['case', 'figure', 'median', 'min', 'max', 'ratio', 'limit', 'target']

/** The results of one bench as a table of text, numbers to the right. */
export function renderResults(results: readonly CaseResult[], verdicts: readonly Verdict[]): string {
  const rows = results.flatMap((result) => [
    ...result.figures.map((figure) => rowOf(result, figure, verdicts)),
    ['', `yardstick: ${result.yardstick.name}`, formatFigure(result.yardstick.median), '', '', '', '', ''],
  ])
  return renderRows([HEAD, ...rows])
}

function rowOf(result: CaseResult, figure: FigureResult, verdicts: readonly Verdict[]): readonly string[] {
  const first = figure === result.figures[0]
  const verdict = verdicts.find((found) => found.case === result.name && found.figure === figure.key)
  return [
    first ? result.name : '',
    `${figure.key} (${figure.unit})`,
    formatFigure(figure.median),
    formatFigure(figure.min),
    formatFigure(figure.max),
    figure.ratio === undefined ? '' : figure.ratio.toPrecision(3),
    verdict ? `${verdict.limit} ${verdict.holds ? 'ok' : 'WORSE'}` : '',
    targetOf(figure),
  ]
}

function targetOf({ target, better, median }: FigureResult): string {
  if (target === undefined) return ''
  const reached = better === 'higher' ? median >= target : median <= target
  return `${better === 'higher' ? '≥' : '≤'} ${formatFigure(target)} ${reached ? 'reached' : 'missed'}`
}

function renderRows(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
