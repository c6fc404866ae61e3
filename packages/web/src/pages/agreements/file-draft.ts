import { useState } from 'react'

/** What somebody writes, and the version on which it stands. */
export interface Draft {
  readonly base: string
  readonly etag: string
  readonly text: string
}

/** A draft that outlives a reload of the page, for as long as its tab is open. */
export function useDraft(id: string): readonly [Draft | undefined, (draft: Draft | undefined) => void] {
  const key = `offtake.draft.${id}`
  const [draft, setDraft] = useState(() => kept(key))
  const keep = (next: Draft | undefined): void => {
    setDraft(next)
    try {
      if (next) sessionStorage.setItem(key, JSON.stringify(next))
      else sessionStorage.removeItem(key)
    } catch {
      // Where the browser keeps nothing, the page itself does.
    }
  }
  return [draft, keep]
}

function kept(key: string): Draft | undefined {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    const isDraft = [found?.base, found?.etag, found?.text].every((part) => typeof part === 'string')
    return isDraft ? found : undefined
  } catch {
    return undefined
  }
}
