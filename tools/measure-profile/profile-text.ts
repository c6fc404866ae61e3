import type { WorkloadProfile } from '@offtake/core/demand/workload'

/** The profile as a source file; `name` is the constant that holds it. */
export function profileText(profile: WorkloadProfile, name: string): string {
  return [
    "import type { WorkloadProfile } from '../workload.ts'",
    '',
    '/** Written by `npm run measure-profile`; not by hand. */',
    `export const ${name}: WorkloadProfile = ${JSON.stringify(profile, null, 2)}`,
    '',
  ].join('\n')
}
