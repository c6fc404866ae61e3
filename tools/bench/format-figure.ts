/** With as many digits as mean something: three below a hundred, whole numbers above. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) < 100) return value.toPrecision(3)
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
