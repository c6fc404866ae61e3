import { acceleratorsOf, type Gang } from '../../demand/gang.ts'

/** The groups to which a gang belongs, the widest first. */
export type DurationGroups = readonly string[]

/** The gangs that are taken to last alike: all, those of its size, of its tenant too, of its name too. */
export function durationGroupsOf(gang: Gang): DurationGroups {
  const size = acceleratorsOf(gang)
  const groups = ['', JSON.stringify([size]), JSON.stringify([size, gang.tenant])]
  return gang.name === undefined ? groups : [...groups, JSON.stringify([size, gang.tenant, gang.name])]
}
