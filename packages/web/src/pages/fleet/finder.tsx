import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { listJobs } from '@offtake/contract/api/job-routes'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reading } from '../../api/call.ts'
import { findable } from './findable.ts'
import classes from './fleet-page.module.css'
import type { FleetSearch } from './fleet-search.ts'
import type { Go } from './go.ts'
import type { FleetModel } from './map/fleet-model.ts'

interface FinderProps {
  readonly model: FleetModel
  readonly search: FleetSearch
  readonly onGo: Go
}

const JOBS = 6

/** Finds a job, a tenant, a pool or a domain on the map. */
export function Finder({ model, search, onGo }: FinderProps) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 250)
  const { data } = useQuery({
    ...reading(listJobs, { query: { name: asked, state: 'running', limit: JOBS } }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  })
  const jobs = asked === '' ? [] : (data?.items ?? []).map(({ id }) => id)
  const groups = findable(model, text, jobs, search.pool)
  const take = (value: string): void => {
    const found = groups.flatMap(({ items }) => items).find((item) => item.value === value)
    setText('')
    if (found) onGo(found.leadsTo)
  }
  return (
    <Autocomplete
      className={classes.find}
      aria-label="Find a job, a tenant, a pool or a domain"
      placeholder="Find a job, tenant, pool or domain"
      leftSection={<IconSearch size={16} stroke={1.6} />}
      value={text}
      onChange={setText}
      onOptionSubmit={take}
      data={groups.map(({ group, items }) => ({ group, items: items.map(({ value }) => value) }))}
      filter={({ options }) => options}
      maxDropdownHeight={320}
      selectFirstOptionOnChange
    />
  )
}
