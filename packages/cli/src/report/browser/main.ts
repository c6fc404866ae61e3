import type { Chart } from '../chart.ts'
import { type Drawn, drawChart } from './draw-chart.ts'
import { readTheme } from './theme.ts'

// Draws the charts that the page carries as data, again whenever light turns to dark, the width changes or the page is printed.

const charts = JSON.parse(document.getElementById('charts')?.textContent ?? '{}') as Record<string, Chart>
const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')]
let drawn: Drawn[] = []

function drawAll(): void {
  for (const one of drawn) one.dispose()
  const theme = readTheme()
  drawn = places.flatMap((place) => {
    const chart = charts[place.dataset.chart ?? '']
    return chart ? [drawChart(place, chart, theme)] : []
  })
}

function fitAll(): void {
  for (const one of drawn) one.fit()
}

drawAll()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
new ResizeObserver(fitAll).observe(document.body)
// On paper the page is light and as narrow as the paper.
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('printing')
  drawAll()
})
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('printing')
  drawAll()
})
