import { Skeleton } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import classes from './chart.module.css'

interface ChartProps {
  readonly option: EChartsCoreOption
  readonly height: number
  /** What is seen, in a sentence, for whoever does not see it. */
  readonly label: string
  readonly onClick?: (of: { readonly seriesIndex?: number; readonly dataIndex?: number }) => void
}

/** A chart, whose library is loaded when the first one is shown. */
export function Chart({ option, height, label, onClick }: ChartProps) {
  const { ref: frame, width } = useElementSize()
  const element = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<ECharts>()
  useEffect(() => {
    let made: ECharts | undefined
    let isGone = false
    void import('./engine.ts').then(({ init }) => {
      if (isGone || !element.current) return
      made = init(element.current, null, { renderer: 'canvas' })
      setChart(made)
    })
    return () => {
      isGone = true
      made?.dispose()
    }
  }, [])
  useEffect(() => chart?.setOption(option, { notMerge: true, lazyUpdate: true }), [chart, option])
  useEffect(() => {
    if (width > 0) chart?.resize({ width, height })
  }, [chart, width, height])
  useEffect(() => {
    if (!chart || !onClick) return undefined
    chart.on('click', onClick)
    return () => {
      chart.off('click', onClick)
    }
  }, [chart, onClick])
  return (
    <div ref={frame} className={classes.frame} style={{ height }} role="img" aria-label={label}>
      <div ref={element} className={classes.canvas} style={{ height }} />
      {!chart && <Skeleton h={height} className={classes.waiting} />}
    </div>
  )
}
