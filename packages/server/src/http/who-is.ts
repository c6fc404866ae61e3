import type { whoAmI } from '@offtake/contract/api/token-routes'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { isoOrNull } from './iso.ts'

/** Who somebody is, as they are told. */
export function whoIs({ id, roles, tenant, expiresAt }: Actor): z.output<(typeof whoAmI)['answer']> {
  return { actor: id, roles: [...roles], tenant: tenant ?? null, expiresAt: isoOrNull(expiresAt ?? null) }
}
