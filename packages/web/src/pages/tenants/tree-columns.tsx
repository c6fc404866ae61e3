import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Column } from '../../parts/table/data-table.tsx'
import { HoldingBar } from './holding-bar.tsx'
import { amounts } from './holdings.tsx'
import { type Branch, holdingOf } from './tenant-tree.ts'
import classes from './tenants.module.css'

interface Shown {
  readonly pool: string
  readonly whole: number
  readonly fold: (id: string) => void
}

/** What is told of each tenant of the tree. */
export function treeColumns({ pool, whole, fold }: Shown): readonly Column<Branch>[] {
  return [
    { key: 'tenant', title: 'Tenant', cell: (branch) => <Name branch={branch} fold={fold} /> },
    {
      key: 'bar',
      title: 'Used, borrowed, lent',
      isMinor: true,
      cell: ({ tenant }) => <HoldingBar holding={holdingOf(tenant, pool)} whole={whole} />,
    },
    ...amounts<Branch>(({ tenant }) => holdingOf(tenant, pool)),
    {
      key: 'weight',
      title: 'Weight',
      isNumber: true,
      isMinor: true,
      cell: ({ tenant }) => tenant.weight ?? '–',
    },
  ]
}

const INDENT = 22

function Name({ branch, fold }: { readonly branch: Branch; readonly fold: (id: string) => void }) {
  const { tenant, depth, hasChildren, isFolded } = branch
  const Icon = isFolded ? IconChevronRight : IconChevronDown
  return (
    <span className={classes.name} style={{ paddingInlineStart: depth * INDENT }}>
      {hasChildren ? (
        <button
          type="button"
          className={classes.fold}
          aria-expanded={!isFolded}
          aria-label={`Below ${tenant.name}`}
          onClick={(event) => {
            event.stopPropagation()
            fold(tenant.id)
          }}
        >
          <Icon size={16} stroke={1.7} aria-hidden="true" />
        </button>
      ) : (
        <span className={classes.fold} />
      )}
      <Link to="/tenants/$id" params={{ id: tenant.id }} onClick={(event) => event.stopPropagation()}>
        {tenant.name}
      </Link>
    </span>
  )
}
