import { useSyncExternalStore } from 'react'

const TICK_MS = 15_000

let now = Date.now()
const watchers = new Set<() => void>()
setInterval(() => {
  now = Date.now()
  for (const watcher of watchers) watcher()
}, TICK_MS)

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** The present, in milliseconds, to within a quarter of a minute. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now)
}
