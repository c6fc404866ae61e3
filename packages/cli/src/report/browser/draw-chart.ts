import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from '../chart.ts'
import { barHeight, barOption } from './bar-option.ts'
import { stepOption } from './step-option.ts'
import type { Theme } from './theme.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

export interface Drawn {
  /** Takes the width that the page now has. */
  fit(): void
  dispose(): void
}

const STEP_HEIGHT = 340
const PAPER = 0.72

export function drawChart(place: HTMLElement, chart: Chart, theme: Theme): Drawn {
  let width = place.clientWidth
  const setHeight = (): void => {
    place.style.height = `${heightOf(chart, width) * (theme.isPaper ? PAPER : 1)}px`
  }
  setHeight()
  const drawing = init(place, undefined, { renderer: 'svg' })
  const draw = (): void => drawing.setOption(optionOf(chart, theme, width), { notMerge: true })
  draw()
  return {
    fit: () => {
      if (place.clientWidth === width) return
      width = place.clientWidth
      setHeight()
      drawing.resize()
      draw()
    },
    dispose: () => drawing.dispose(),
  }
}

function heightOf(chart: Chart, width: number): number {
  return chart.kind === 'steps' ? STEP_HEIGHT : barHeight(chart, width)
}

function optionOf(chart: Chart, theme: Theme, width: number) {
  return chart.kind === 'steps' ? stepOption(chart, theme, width) : barOption(chart, theme, width)
}
