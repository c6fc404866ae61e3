import { Button, Stack } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { signAgreement } from '@offtake/contract/api/agreement-routes'
import { IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { call, newKey } from '../../api/call.ts'
import { useMay } from '../../session/session.ts'
import { Outcome } from './outcome.tsx'

/** Signs a draft: another person must then approve it. */
export function SignButton({ agreement: { id, state } }: { readonly agreement: AgreementView }) {
  const maySign = useMay(signAgreement)
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => call(signAgreement, { params: { id }, body: {}, key: newKey() }),
  })
  const isOpen = maySign && state === 'draft' && !data
  if (!isOpen && !data) return null
  return (
    <Stack gap="xs" align="flex-end">
      {isOpen && (
        <Button
          leftSection={<IconSignature size={17} stroke={1.6} />}
          loading={isPending}
          onClick={() => mutate()}
        >
          Sign
        </Button>
      )}
      {/* What waits is told once more by the page, for as long as it waits. */}
      {state === 'draft' && <Outcome answer={data?.value} error={error} done="It is signed." />}
    </Stack>
  )
}
