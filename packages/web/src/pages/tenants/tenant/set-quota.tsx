import { Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { listPools } from '@offtake/contract/api/pool-routes'
import { setQuota, showTenant, type TenantView } from '@offtake/contract/api/tenant-routes'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call, newKey, reading } from '../../../api/call.ts'
import { problemText } from '../../../api/problem-error.ts'
import { Dialog } from '../../../parts/dialog.tsx'
import { useMay } from '../../../session/session.ts'
import { ALL_POOLS } from '../tenant-tree.ts'

interface SetQuotaProps {
  readonly tenant: TenantView
  /** The settings as they were read. */
  readonly match: string | undefined
}

/** Says what of a pool is a tenant's own. */
export function SetQuota({ tenant, match }: SetQuotaProps) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const isAllowed = useMay(setQuota)
  if (!isAllowed || match === undefined) return null
  return (
    <>
      <Button variant="default" onClick={open}>
        Set a quota
      </Button>
      <Dialog title={`What is ${tenant.name}’s own`} isOpen={isOpen} onClose={close}>
        <QuotaForm tenant={tenant} match={match} onDone={close} />
      </Dialog>
    </>
  )
}

interface QuotaFormProps {
  readonly tenant: TenantView
  readonly match: string
  readonly onDone: () => void
}

function QuotaForm({ tenant, match, onDone }: QuotaFormProps) {
  const pools = useQuery(reading(listPools, { query: { limit: 500 } })).data?.items.map(({ id }) => id) ?? []
  const [pool, setPool] = useState(tenant.quotas[0]?.pool ?? ALL_POOLS)
  const [count, setCount] = useState<number | string>(ownOf(tenant, pool))
  const { mutate, data, error, isPending, reset } = useSetting(tenant.id, match, onDone)
  if (data && 'approval' in data.value) return <Asked id={data.value.approval.id} />
  return (
    <Stack gap="md">
      <NativeSelect
        label="Pool"
        value={pool}
        data={[{ value: ALL_POOLS, label: 'all pools together' }, ...new Set([...pools, pool])].filter(
          (one) => one !== ALL_POOLS,
        )}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          setPool(chosen)
          setCount(ownOf(tenant, chosen))
          reset()
        }}
      />
      <NumberInput
        label="Accelerators"
        min={0}
        allowDecimal={false}
        value={count}
        onChange={setCount}
        error={error ? problemText(error) : undefined}
      />
      <Group justify="flex-end">
        <Button
          loading={isPending}
          disabled={count === ''}
          onClick={() => mutate({ pool, accelerators: Number(count) })}
        >
          Set the quota
        </Button>
      </Group>
    </Stack>
  )
}

function ownOf({ quotas }: TenantView, pool: string): number {
  return quotas.find((quota) => quota.pool === pool)?.accelerators ?? 0
}

function useSetting(id: string, match: string, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly pool: string; readonly accelerators: number }) =>
      call(setQuota, { params: { id }, body, match, key: newKey() }),
    onSuccess: ({ value }) => {
      void queries.invalidateQueries({ queryKey: [showTenant.id] })
      if (!('approval' in value)) onDone()
    },
    onError: () => void queries.invalidateQueries({ queryKey: [showTenant.id] }),
  })
}

function Asked({ id }: { readonly id: string }) {
  return (
    <Text size="sm" role="status">
      A second person must approve it.{' '}
      <Link to="/agreements/approvals/$id" params={{ id }}>
        See what waits
      </Link>
      .
    </Text>
  )
}
