import { describe } from 'vitest'
import { expectPublished, OPENB_TRACES } from './testing/openb.ts'
import { testOnRealData } from './testing/real-data.ts'

describe.each(OPENB_TRACES)('the published runs on openb %s', (trace) => {
  testOnRealData('are met by FGD and best fit, the first order', `openb/orders/${trace}.json.gz`, () =>
    expectPublished(trace, ['42']),
  )
})
