import { useEffect, useSyncExternalStore } from 'react'
import { queryClient } from '../api/query-client.ts'
import { Feed, type FeedEntry, type FeedState } from './feed.ts'

const feed = new Feed(queryClient)

/** Follows what happens for as long as pages are shown. */
export function useFollowing(): void {
  useEffect(() => {
    feed.open()
    return () => feed.close()
  }, [])
}

export function useFeedState(): FeedState {
  return useSyncExternalStore(feed.watch, () => feed.state)
}

/** Hears of each entry of the journal as it comes, for as long as something is shown; the listener must be the same one throughout. */
export function useEntries(listener: (entry: FeedEntry) => void): void {
  useEffect(() => feed.listen(listener), [listener])
}
