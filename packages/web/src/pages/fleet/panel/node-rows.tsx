import { Anchor, UnstyledButton } from '@mantine/core'
import type { NodeStateName, NodeView } from '@offtake/contract/api/pool'
import { useEffect, useRef } from 'react'
import { shareText } from '../../../parts/number-text.ts'
import type { Go } from '../go.ts'
import classes from './panel.module.css'
import { PartActions } from './part-actions.tsx'

interface NodeRowsProps {
  readonly pool: string
  readonly nodes: readonly NodeView[]
  readonly selected: number | undefined
  readonly onGo: Go
}

const STATES: Readonly<Record<NodeStateName, { readonly text: string; readonly color: string }>> = {
  up: { text: 'up', color: 'var(--quiet)' },
  spare: { text: 'stands by', color: 'var(--quiet)' },
  draining: { text: 'draining', color: 'var(--caution)' },
  keptOut: { text: 'kept out', color: 'var(--warn)' },
  out: { text: 'out', color: 'var(--warn)' },
  failed: { text: 'failed', color: 'var(--warn)' },
}

/** The nodes of a domain; one of them may be meant. */
export function NodeRows({ pool, nodes, selected, onGo }: NodeRowsProps) {
  return (
    <table className={classes.nodes} aria-label="Nodes">
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">State</th>
          <th scope="col">Held</th>
          <th scope="col">Who</th>
          <th scope="col">
            <span aria-hidden="true"> </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <NodeRow key={node.node} pool={pool} node={node} isSelected={node.node === selected} onGo={onGo} />
        ))}
      </tbody>
    </table>
  )
}

interface NodeRowProps {
  readonly pool: string
  readonly node: NodeView
  readonly isSelected: boolean
  readonly onGo: Go
}

function NodeRow({ pool, node, isSelected, onGo }: NodeRowProps) {
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  const { text, color } = STATES[node.state]
  const held = node.jobs.length > 0 ? node.accelerators - node.free : 0
  const [job] = node.jobs
  return (
    <tr ref={row} aria-selected={isSelected}>
      <td>
        <UnstyledButton
          fz="inherit"
          onClick={() => onGo({ node: isSelected ? undefined : node.node })}
          aria-label={`Node ${node.node}`}
        >
          {node.node}
        </UnstyledButton>
      </td>
      <td style={{ color }}>
        {text}
        {node.speed < 1 && ` at ${shareText(node.speed)}`}
      </td>
      <td className={classes.held}>
        {held} / {node.accelerators}
      </td>
      <td>
        {job === undefined ? (
          '–'
        ) : (
          <Anchor
            component="button"
            className={classes.jobs}
            fz="inherit"
            title={node.jobs.join(', ')}
            onClick={() => onGo({ job, tenant: undefined })}
          >
            {node.jobs.length === 1 ? job : `${job} and ${node.jobs.length - 1} more`}
          </Anchor>
        )}
      </td>
      <td>
        <PartActions part={{ pool, node: node.node }} jobs={node.jobs} />
      </td>
    </tr>
  )
}
