import { ActionIcon, Badge, Group, Skeleton, Text } from '@mantine/core'
import { listNodes } from '@offtake/contract/api/pool-routes'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { reading } from '../../../api/call.ts'
import { Failure } from '../../../parts/failure.tsx'
import { countText } from '../../../parts/number-text.ts'
import type { Go } from '../go.ts'
import type { FleetModel } from '../map/fleet-model.ts'
import { useOfFleet } from '../use-fleet.ts'
import { NodeRows } from './node-rows.tsx'
import classes from './panel.module.css'
import { Panel } from './panel.tsx'
import { PartActions } from './part-actions.tsx'

interface DomainPanelProps {
  readonly model: FleetModel
  readonly pool: string
  readonly domain: number
  readonly node: number | undefined
  readonly onGo: Go
  readonly onClose: () => void
}

/** A domain with its nodes: how each does, who runs there, and what can be done with it. */
export function DomainPanel({ model, pool, domain, node, onGo, onClose }: DomainPanelProps) {
  const { data, error, refetch } = useQuery(
    reading(listNodes, { params: { pool }, query: { domain, limit: 500 } }),
  )
  const nodes = data?.items
  const jobs = [...new Set(nodes?.flatMap((one) => one.jobs))]
  const last = (model.state.poolOf(pool)?.domains ?? 1) - 1
  const step = (by: number): void => onGo({ domain: domain + by, node: undefined })
  return (
    <Panel
      title={`Domain ${domain}`}
      about={
        <>
          {pool}
          {nodes?.[0] && `, block ${nodes[0].block}`}
        </>
      }
      onClose={onClose}
      actions={
        <>
          <Step
            label="The domain before"
            icon={IconChevronLeft}
            isOff={domain === 0}
            onClick={() => step(-1)}
          />
          <Step
            label="The next domain"
            icon={IconChevronRight}
            isOff={domain >= last}
            onClick={() => step(1)}
          />
          <PartActions part={{ pool, domain }} jobs={jobs} />
        </>
      }
    >
      <Facts model={model} pool={pool} domain={domain} />
      {error ? (
        <Failure error={error} again={refetch} />
      ) : nodes === undefined ? (
        <Skeleton h={320} />
      ) : nodes.length === 0 ? (
        <Text size="sm">There is no such domain in this pool, or all of it was taken away.</Text>
      ) : (
        <NodeRows pool={pool} nodes={nodes} selected={node} onGo={onGo} />
      )}
    </Panel>
  )
}

interface StepProps {
  readonly label: string
  readonly icon: typeof IconChevronLeft
  readonly isOff: boolean
  readonly onClick: () => void
}

function Step({ label, icon: Icon, isOff, onClick }: StepProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={onClick}>
      <Icon size={17} stroke={1.6} />
    </ActionIcon>
  )
}

function Facts({ model, pool, domain }: Pick<DomainPanelProps, 'model' | 'pool' | 'domain'>) {
  const of = useCallback(
    ({ state }: FleetModel) => {
      const place = state.poolOf(pool)
      if (!place || domain >= place.domains) return undefined
      const at = place.offset + domain
      const number = (column: Parameters<typeof state.value>[0]): string => countText(state.value(column, at))
      return {
        tenant: state.value('held', at) > 0 ? state.tenantAt(at) : undefined,
        isSimulated: place.isSimulated,
        hardware: place.hardware,
        rows: [
          ['Accelerators', number('total')],
          ['Held', number('held')],
          ['Borrowed', number('borrowed')],
          ['Asked back', number('askedBack')],
          ['Free', number('free')],
        ] as const,
      }
    },
    [pool, domain],
  )
  const facts = useOfFleet(model, of)
  if (!facts) return null
  return (
    <>
      <Group gap={6}>
        <Badge variant="default" tt="none" fw={500}>
          {facts.hardware}
        </Badge>
        {facts.isSimulated && (
          <Badge variant="default" tt="none" fw={500}>
            simulated
          </Badge>
        )}
      </Group>
      <dl className={classes.facts}>
        <dt>Most of it held by</dt>
        <dd>{facts.tenant ?? 'nobody'}</dd>
        {facts.rows
          .filter(([, value], n) => n < 2 || value !== '0')
          .map(([name, value]) => (
            <Row key={name} name={name} value={value} />
          ))}
      </dl>
    </>
  )
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
