import { DAY_MS, HOUR_MS, MINUTE_MS } from '../base/instant.ts'
import { poolOf } from '../capacity/pool.ts'
import { type AcceptedHardware, ANYWHERE } from '../demand/gang.ts'
import { PHILLY_2017 } from '../demand/profiles/philly-2017.ts'
import type { Service } from '../demand/service.ts'
import type { Workload } from '../demand/workload.ts'
import type { Portfolio } from '../simulation/portfolio.ts'
import { aLine, anAgreement, aTranche, perHour, said } from './agreement.ts'
import { at, spanOf } from './dates.ts'

/** Nothing signed and nothing asked for, over 2026 and 2027, of which two weeks are played. */
export function anEmptyPortfolio(parts: Partial<Portfolio> = {}): Portfolio {
  return {
    name: 'A portfolio',
    currency: 'USD',
    horizon: spanOf('2026-01-01', '2028-01-01'),
    window: spanOf('2026-03-02', '2026-03-16'),
    asOf: at('2026-01-01'),
    seed: 1,
    tenants: [],
    reclaimNoticeMs: 0,
    agreements: [],
    quotes: [],
    workloads: [],
    services: [],
    hardware: [
      {
        id: 'gb200',
        name: 'GB200',
        shape: { acceleratorsPerNode: 4, nodesPerDomain: 4 },
        confidence: 'H',
        source: 'a test',
      },
    ],
    fleet: { shapes: [], pools: [], failures: [] },
    prices: { points: [] },
    revenue: [],
    expectations: [],
    figures: [],
    ...parts,
  }
}

/**
 * Reserved capacity of which the second half comes within the window, beside own machines that leave in it; two tenants who
 * lend to each other, one with drawn jobs, the other with a service.
 */
export function aBusyPortfolio(parts: Partial<Portfolio> = {}): Portfolio {
  const accepts = [{ hardware: 'gb200', speed: 1 }]
  const pool = poolOf({ provider: 'north', region: 'us-east', hardware: 'gb200', fabric: 'default' })
  return anEmptyPortfolio({
    tenants: [
      { id: 'research', name: 'Research', quotas: [{ pool: '*', accelerators: 60 }] },
      { id: 'product', name: 'Product', quotas: [{ pool: '*', accelerators: 36 }] },
    ],
    reclaimNoticeMs: 10 * MINUTE_MS,
    agreements: [aReservation()],
    fleet: {
      shapes: [],
      failures: [],
      pools: [
        {
          pool: { ...pool, id: 'own', provider: 'own' },
          groups: [{ domains: 3, nodesPerDomain: 2, acceleratorsPerNode: 4, domainsPerBlock: 2 }],
          cpuCores: 0,
          until: at('2026-03-12'),
        },
      ],
    },
    workloads: drawnJobs(accepts),
    services: chatService(accepts),
    ...parts,
  })
}

function drawnJobs(accepts: readonly AcceptedHardware[]): Workload[] {
  return [
    {
      id: 'jobs',
      tenant: 'research',
      priority: 0,
      profile: PHILLY_2017,
      jobsPerDay: 60,
      sizeScale: 2,
      growthPerYear: 0,
      accepts,
      within: ANYWHERE,
      checkpointMs: HOUR_MS,
      restartMs: 10 * MINUTE_MS,
      reclaimable: true,
      statesLimit: true,
    },
  ]
}

function chatService(accepts: readonly AcceptedHardware[]): Service[] {
  return [
    {
      id: 'chat',
      tenant: 'product',
      priority: 1,
      replica: {
        members: 2,
        acceleratorsPerMember: 4,
        accepts,
        within: { level: 'domain', required: true },
        warmUpMs: 5 * MINUTE_MS,
        drainMs: 5 * MINUTE_MS,
      },
      demand: {
        kind: 'daily',
        mean: 3,
        from: at('2026-01-01'),
        amplitude: 0.6,
        peakHour: 18,
        weekend: 0.7,
        growthPerYear: 0,
        everyMs: DAY_MS / 24,
      },
    },
  ]
}

function aReservation() {
  const tranches = [
    aTranche({ id: 'first', accelerators: said(64) }),
    aTranche({ id: 'second', accelerators: said(32), promised: said(at('2026-03-07')) }),
  ]
  return anAgreement({ id: 'reserved', lines: [aLine({ id: 'racks', price: perHour('2'), tranches })] })
}
