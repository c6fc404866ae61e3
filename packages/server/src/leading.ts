import { FakeAdapter } from '@offtake/adapters/fake/control'
import { LocalAdapter } from '@offtake/adapters/local/control'
import type { RunEnd } from '@offtake/adapters/ports'
import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import type { Elected } from './engine/campaign.ts'
import { Dispatch } from './engine/dispatch.ts'
import { LeadingEngine } from './engine/leading-engine.ts'
import type { Seat } from './engine/seat.ts'
import { adapterOf } from './fleet/adapter-of.ts'
import { PortfolioWindows } from './fleet/portfolio-windows.ts'
import { MachineSupply } from './portfolio/machine-supply.ts'
import { Replay } from './replay/replay.ts'
import { ReplicaKeeper } from './services/replica-keeper.ts'
import type { Database } from './store/database.ts'
import { endLease, LEASE_MS, renewLease } from './store/leadership.ts'
import { type Due, Supply } from './supply.ts'

export interface LeadingOptions {
  readonly clock: () => number
  readonly speed: number
  readonly supply: readonly Due[]
  /** Taken in where the database has no portfolio. */
  readonly portfolio: readonly FileText[]
  /** The folder of the processes that this machine runs. */
  readonly runs: string
  /** Whether the portfolio's workloads are played. */
  readonly replays: boolean
}

/** All that runs in the process that leads, and in no other. */
export interface Leading {
  /** Resolves once it leads no more. */
  readonly over: Promise<void>
  /** Finishes what was acknowledged, and lets go of the lead. */
  readonly close: () => Promise<void>
}

/** Reads what is durable, and leads: orders, machines that come and go, adapters. */
export async function lead(
  database: Database,
  seat: Seat,
  { lead: held, resign }: Elected,
  options: LeadingOptions,
): Promise<Leading> {
  let end = (): void => undefined
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const { clock } = options
  const engine = await LeadingEngine.start(database, held, { policy: BACKFILL, clock, fenced: end })
  const lease = keepLease(database, held, end)
  const supply = new Supply(engine, clock, options.supply)
  const machines = new MachineSupply(engine, database.db, clock)
  try {
    await supply.start()
    await machines.start(options.portfolio)
  } catch (error) {
    lease.stop()
    supply.close()
    machines.close()
    await engine.close()
    throw error
  }
  const ended = (end: RunEnd): void => dispatch.report(end)
  const fake = new FakeAdapter(clock, options.speed, ended)
  const local = new LocalAdapter(options.runs, ended)
  const adapters = { fake, local }
  const dispatch = new Dispatch(engine, (poolId) => adapters[adapterOf(poolId).kind])
  seat.sit(engine, lease.holds, [local, fake])
  const services = new ReplicaKeeper(engine, database.db, clock)
  services.look()
  const windows = new PortfolioWindows(engine, database.db, clock)
  windows.book()
  const replay = options.replays ? new Replay(engine, database.db, clock, options.speed) : undefined
  replay?.start()
  return {
    over,
    close: async () => {
      seat.rise()
      lease.stop()
      supply.close()
      machines.close()
      services.close()
      windows.close()
      replay?.close()
      dispatch.close()
      fake.close()
      local.close()
      await engine.close()
      await endLease(database.db, held).catch(() => undefined)
      await resign()
    },
  }
}

/** Renews the lease before it is over; where another leads by then, this one is over. */
function keepLease(
  { db, kind }: Database,
  held: Elected['lead'],
  over: () => void,
): { readonly holds: () => boolean; readonly stop: () => void } {
  let renewed = performance.now()
  const timer = setInterval(() => {
    const asked = performance.now()
    renewLease(db, held).then(
      (isOurs) => {
        if (isOurs) renewed = asked
        else over()
      },
      // Where the database does not answer, nobody else can take over by it either.
      () => undefined,
    )
  }, LEASE_MS / 4)
  return {
    // A PGlite has no other process that might lead.
    holds: () => kind === 'pglite' || performance.now() - renewed < LEASE_MS,
    stop: () => clearInterval(timer),
  }
}
