import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { removeService, scaleService, showService } from '@offtake/contract/api/served-routes'
import type { ServiceView } from '@offtake/contract/api/service'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, newKey, reading } from '../../../api/call.ts'
import { problemText } from '../../../api/problem-error.ts'
import { Confirm } from '../../../parts/confirm.tsx'
import { useMay } from '../../../session/session.ts'

/** To scale, apply anew and remove a service, for those who may and where it was not stated in the portfolio. */
export function ServiceActions({ service }: { readonly service: ServiceView }) {
  const isAllowed = useMay(scaleService)
  if (!isAllowed || service.source === 'portfolio') return null
  return (
    <Group gap="sm" align="flex-end">
      <Scale service={service} />
      <Button
        component={Link}
        to="/services/apply"
        search={{ id: service.id, tenant: service.tenant } as never}
        variant="default"
      >
        Apply anew
      </Button>
      <Remove id={service.id} />
    </Group>
  )
}

function Scale({ service: { id, wanted } }: { readonly service: ServiceView }) {
  const queries = useQueryClient()
  const [replicas, setReplicas] = useState<number | string>(wanted)
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: () =>
      call(scaleService, { params: { id }, body: { replicas: Number(replicas) }, key: newKey() }),
    onSuccess: ({ value }) => queries.setQueryData(reading(showService, { params: { id } }).queryKey, value),
  })
  return (
    <Group gap="xs" align="flex-end">
      <NumberInput
        label="Replicas"
        size="xs"
        w={96}
        min={0}
        allowDecimal={false}
        value={replicas}
        onChange={(value) => {
          setReplicas(value)
          reset()
        }}
        error={error ? problemText(error) : undefined}
      />
      <Button variant="default" loading={isPending} disabled={replicas === ''} onClick={() => mutate()}>
        Scale
      </Button>
      <Text size="xs" c="dimmed" role="status">
        {isSuccess && 'taken in'}
      </Text>
    </Group>
  )
}

function Remove({ id }: { readonly id: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const navigate = useNavigate()
  const [key] = useState(newKey)
  const deed = useMutation({
    mutationFn: () => call(removeService, { params: { id }, key }),
    onSuccess: () => void navigate({ to: '/services' }),
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        Remove
      </Button>
      <Confirm
        title={`Remove ${id}?`}
        follows="Its replicas are drained and stopped, and no others take their place."
        keep="Keep it"
        go="Remove the service"
        isOpen={isOpen}
        onClose={close}
        deed={deed}
      />
    </>
  )
}
