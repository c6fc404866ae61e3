import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Only what lines over time need: it is part of the first page. What else a page draws it loads for itself.
use([LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export { init }
