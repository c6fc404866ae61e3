import { describe } from 'vitest'
import { expectClose, expectPublished, OPENB_TRACES } from './testing/openb.ts'
import { testOnRealData } from './testing/real-data.ts'

describe.each(OPENB_TRACES)('the published runs on openb %s', (trace) => {
  testOnRealData('are met by FGD and best fit, all ten orders', `openb/orders/${trace}.json.gz`, () =>
    expectPublished(trace),
  )
})

const UNNAMED = OPENB_TRACES.filter((trace) => trace !== 'gpuspec10')

describe.each(UNNAMED)('openb %s without being told the mix', (trace) => {
  testOnRealData('is packed nearly as well by the allocator itself', `openb/orders/${trace}.json.gz`, () =>
    expectClose(trace, '42'),
  )
})
