import type { Gang, Role } from '@offtake/core/demand/gang'
import { z } from 'zod'
import { accepts, within } from '../portfolio/demand-parts.ts'
import { duration } from '../portfolio/duration.ts'
import { identifier, words } from '../portfolio/identifier.ts'
import { count } from '../portfolio/number.ts'
import { priority } from '../portfolio/priority.ts'

const MOST_ROLES = 50
const MOST_MEMBERS = 1_000_000
const MOST_PER_MEMBER = 1_024
const MOST_ARGUMENTS = 1_000

const role = z.strictObject({
  name: identifier,
  members: count({ from: 1, to: MOST_MEMBERS }),
  accelerators: count({ to: MOST_PER_MEMBER }).default(0).describe('of one member, all on one node'),
  cpuCores: count({ to: MOST_PER_MEMBER }).default(0).describe('of a member that needs no accelerator'),
  hardware: accepts.exactOptional().describe("hardware that it can run on; the job's by default"),
  within: within.exactOptional(),
})

/** What a tenant asks to have run: members that start together, on hardware that they accept. */
export const jobRequest = z
  .strictObject({
    id: identifier.exactOptional().describe('chosen by the server where absent'),
    name: words.max(200).exactOptional(),
    tenant: identifier,
    priority,
    accelerators: count({ from: 1, to: MOST_MEMBERS })
      .exactOptional()
      .describe('of the whole job: one member where a node holds it, else equal members that fill nodes'),
    roles: z.array(role).min(1).max(MOST_ROLES).exactOptional().describe('instead of accelerators'),
    hardware: accepts.refine((list) => list.length > 0, { error: 'must name hardware' }),
    within,
    limit: duration.exactOptional().describe('how long it runs at most on hardware of speed 1'),
    checkpoint: duration.exactOptional().describe('how often it saves its work; it saves nothing by default'),
    restart: duration.default(0).describe('how long it takes to load its last save'),
    window: identifier.exactOptional().describe('the booked window in which alone it runs'),
    reclaimable: z.boolean().default(true).describe('whether it may be made to give back what it borrowed'),
    duration: duration
      .exactOptional()
      .describe('how long it runs in a pool that is simulated; its limit by default'),
    command: z
      .array(z.string().max(100_000))
      .min(1)
      .max(MOST_ARGUMENTS)
      .exactOptional()
      .describe('the program and its arguments, for a pool that runs processes'),
  })
  .refine(({ accelerators, roles }) => (accelerators === undefined) !== (roles === undefined), {
    error: 'a job says either accelerators or roles',
    path: ['accelerators'],
  })

export type JobRequest = z.output<typeof jobRequest>

/** What the adapter of a pool needs to know of a job to run it. */
export interface JobSpec {
  readonly name?: string
  /** For how long it lasts where it is simulated. */
  readonly durationMs?: number
  /** When a process is ended that has not ended by itself. */
  readonly limitMs?: number
  readonly command?: readonly string[]
  /** Of a replica: which form of its service it is of, so that those of an earlier form are known. */
  readonly form?: string
}

/** Splits the accelerators of a whole job over members. */
export type Layout = (accelerators: number) => {
  readonly members: number
  readonly acceleratorsPerMember: number
}

/** The gang that the allocator places for a request. */
export function gangOf(request: JobRequest, id: string, layout: Layout): Gang {
  const { tenant, limit, checkpoint, restart, reclaimable, window } = request
  return {
    id,
    tenant,
    priority: request.priority,
    roles: rolesOf(request, layout),
    ...(limit === undefined ? {} : { limitMs: limit }),
    ...(checkpoint === undefined ? {} : { checkpointMs: checkpoint }),
    restartMs: restart,
    reclaimable,
    ...(window === undefined ? {} : { window }),
  }
}

function rolesOf({ accelerators, roles, hardware, within: together }: JobRequest, layout: Layout): Role[] {
  if (accelerators !== undefined)
    return [
      { name: 'worker', ...layout(accelerators), cpuCoresPerMember: 0, accepts: hardware, within: together },
    ]
  return (roles ?? []).map((one) => ({
    name: one.name,
    members: one.members,
    acceleratorsPerMember: one.accelerators,
    cpuCoresPerMember: one.cpuCores,
    accepts: one.hardware ?? hardware,
    within: one.within ?? together,
  }))
}

export function specOf({ name, duration: lasts, limit, command }: JobRequest): JobSpec {
  const durationMs = lasts ?? limit
  return {
    ...(name === undefined ? {} : { name }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(limit === undefined ? {} : { limitMs: limit }),
    ...(command === undefined ? {} : { command }),
  }
}
