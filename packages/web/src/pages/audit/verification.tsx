import { Button, Group, Text } from '@mantine/core'
import { verifyAudit } from '@offtake/contract/api/audit-routes'
import { IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '../../api/call.ts'
import { problemText } from '../../api/problem-error.ts'
import { countText } from '../../parts/number-text.ts'

type Verified = z.output<(typeof verifyAudit)['answer']>

/** Works out the chain of hashes anew, and says whether it holds. */
export function Verification() {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: () => call(verifyAudit, {}) })
  return (
    <Group gap="sm">
      <Text
        size="sm"
        role="status"
        c={error || data?.value.kind === 'broken' ? 'var(--warn)' : 'var(--good)'}
      >
        {error ? problemText(error) : data && verdictOf(data.value)}
      </Text>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} stroke={1.6} />}
        loading={isPending}
        onClick={() => mutate()}
      >
        Verify the chain
      </Button>
    </Group>
  )
}

function verdictOf(verified: Verified): string {
  if (verified.kind === 'whole') return `All ${countText(verified.entries)} entries are as they were written`
  return `Entry ${verified.seq} ${verified.because === 'changed' ? 'was changed' : 'is missing'}`
}
