import { acceleratorsOf, type Gang, type Role } from './gang.ts'

/** The first role that may run at several sizes; -1 where none may. */
export function elasticRole(roles: readonly Role[]): number {
  return roles.findIndex(({ elastic }) => elastic !== undefined)
}

/** How fast the role is with so many members, relative to the number that its durations are stated for. */
export function speedAt({ elastic }: Role, members: number): number {
  return elastic?.sizes.findLast((size) => size.members <= members)?.speed ?? 1
}

/** The roles at their smallest sizes; the same list where none is elastic. */
export function smallestRoles(roles: readonly Role[]): readonly Role[] {
  if (elasticRole(roles) < 0) return roles
  return roles.map((role) => {
    const [smallest] = role.elastic?.sizes ?? []
    return smallest ? { ...role, members: smallest.members } : role
  })
}

/** What the gang needs to start. */
export function leastAccelerators({ roles }: Gang): number {
  return acceleratorsOf({ roles: smallestRoles(roles) })
}
