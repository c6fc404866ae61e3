import type { Plugin } from 'vite'

const ROUTES = /\/contract\/(?:dist|src)\/api\/[a-z-]+-routes\.[jt]s$/

/** What a page needs of a route to call it, and to know who may; its schemas stay on the server. */
const KEPT = ['id', 'method', 'path', 'may', 'media', 'needsMatch'] as const

/**
 * Puts the routes of the contract into the pages without their schemas, and so without the library that checks by them: types come
 * from the sources, and the server checks.
 */
export function lightRoutes(): Plugin {
  return {
    name: 'offtake:light-routes',
    enforce: 'pre',
    async load(id) {
      const [file = ''] = id.split('?')
      if (!ROUTES.test(file)) return undefined
      const values = Object.entries((await import(file)) as Record<string, unknown>)
      return values.flatMap(([name, value]) => exported(name, value)).join('\n')
    },
  }
}

function exported(name: string, value: unknown): string[] {
  if (typeof value === 'string') return [`export const ${name} = ${JSON.stringify(value)}`]
  if (typeof value !== 'object' || value === null || !('path' in value && 'method' in value)) return []
  const kept = Object.fromEntries(
    KEPT.flatMap((field) => (field in value ? [[field, Reflect.get(value, field)]] : [])),
  )
  return [`export const ${name} = ${JSON.stringify(kept)}`]
}
