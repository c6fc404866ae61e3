import { readdirSync } from 'node:fs'
import type { Route } from '@offtake/contract/api/route'

const FOLDER = new URL('../../../contract/src/api/', import.meta.url)

/** Every route of the contract, found by its file, so that none is forgotten by whoever goes through them all. */
export async function contractRoutes(): Promise<readonly Route[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('-routes.ts'))
  const modules = await Promise.all(
    files.map((name): Promise<Readonly<Record<string, unknown>>> => import(new URL(name, FOLDER).href)),
  )
  return modules.flatMap((one) => Object.values(one).filter(isRoute))
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'answer' in value && 'may' in value
}
