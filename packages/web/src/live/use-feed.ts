import { useEffect, useSyncExternalStore } from 'react'
import { queryClient } from '../api/query-client.ts'
import { Feed, type FeedState } from './feed.ts'

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
