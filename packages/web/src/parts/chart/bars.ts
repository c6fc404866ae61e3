import { BarChart } from 'echarts/charts'
import { MarkAreaComponent } from 'echarts/components'
import { use } from 'echarts/core'

// What bars need beside what lines do.
use([BarChart, MarkAreaComponent])
