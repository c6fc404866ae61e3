import { Skeleton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Page } from '../../parts/page.tsx'
import classes from './fleet-page.module.css'
import type { FleetSearch } from './fleet-search.ts'
import type { AddressChange } from './go.ts'
import { Legend } from './legend.tsx'
import { FleetCanvas } from './map/fleet-canvas.tsx'
import type { FleetModel } from './map/fleet-model.ts'
import { DomainPanel } from './panel/domain-panel.tsx'
import { PoolPanel } from './panel/pool-panel.tsx'
import { Toolbar } from './toolbar.tsx'
import { Totals } from './totals.tsx'
import { useFleet } from './use-fleet.ts'
import { useSought } from './use-sought.ts'

const { useSearch, useNavigate } = getRouteApi('/fleet')

/** Every domain that there is: who uses it, whose it is, how it does. */
export function FleetPage() {
  const search = useSearch()
  const { model, isThere, error, again } = useFleet(search.colour ?? 'tenant')
  return (
    <Page title="Fleet" about="Every domain by provider, pool and block, as it is at this moment.">
      {error !== undefined && !isThere ? (
        <Failure error={error} again={again} />
      ) : isThere ? (
        <Shown model={model} search={search} />
      ) : (
        <Skeleton h={560} />
      )}
    </Page>
  )
}

function Shown({ model, search }: { readonly model: FleetModel; readonly search: FleetSearch }) {
  const navigate = useNavigate()
  const sought = useSought(model, search)
  const go = useCallback(
    (change: AddressChange) =>
      void navigate({
        search: (before) => merged(before, change),
        replace: 'colour' in change,
        resetScroll: false,
      }),
    [navigate],
  )
  const pick = useCallback(
    (at: number) => {
      const pool = model.state.poolAt(at)
      if (pool) go({ pool: pool.id, domain: at - pool.offset, node: undefined })
      else go({ pool: undefined, domain: undefined, node: undefined })
    },
    [model, go],
  )
  if (model.state.domains === 0)
    return (
      <Empty title="There are no machines yet">
        They come with the deliveries of agreements, or with a file of the portfolio’s fleet folder: offtake
        import DIR.
      </Empty>
    )
  const { pool, domain, node } = search
  const close = (): void => go({ pool: undefined, domain: undefined, node: undefined })
  return (
    <>
      <div className={classes.stack}>
        <Toolbar model={model} search={search} sought={sought} onGo={go} />
        <FleetCanvas model={model} pool={pool} domain={domain} sought={sought.found} onPick={pick}>
          {pool !== undefined && domain !== undefined && (
            <DomainPanel
              key={`${pool} ${domain}`}
              {...{ model, pool, domain, node, onGo: go, onClose: close }}
            />
          )}
          {pool !== undefined && domain === undefined && (
            <PoolPanel key={pool} {...{ model, pool, onGo: go, onClose: close }} />
          )}
        </FleetCanvas>
        <Legend model={model} mode={search.colour ?? 'tenant'} tenant={search.tenant} onGo={go} />
      </div>
      <Totals model={model} pool={pool} onGo={go} />
    </>
  )
}

function merged(before: FleetSearch, change: object): FleetSearch {
  const all = { ...before, ...change }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as FleetSearch
}
