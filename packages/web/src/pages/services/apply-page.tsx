import { Anchor, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { applyService, showService } from '@offtake/contract/api/served-routes'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useKnownNames } from '../../parts/editor/use-known-names.ts'
import { YamlForm } from '../../parts/editor/yaml-form.tsx'
import { Page } from '../../parts/page.tsx'
import { exampleService } from './example-text.ts'

const { useSearch, useNavigate } = getRouteApi('/services/apply')

/** Makes a service, or makes one be as it is said now. */
export function ApplyPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const known = useKnownNames()
  const [id, setId] = useState(search.id ?? '')
  const send = async (body: unknown, key: string): Promise<void> => {
    const match = search.id === undefined ? undefined : await etagOf(id)
    await call(applyService, {
      params: { id },
      body: body as never,
      key,
      ...(match === undefined ? {} : { match }),
    })
    await queries.invalidateQueries({ queryKey: [showService.id] })
    void navigate({ to: '/services/$id', params: { id } })
  }
  return (
    <Page
      title={search.id === undefined ? 'New service' : `Apply ${search.id} anew`}
      about={
        <Anchor component={Link} to="/services">
          All services
        </Anchor>
      }
    >
      <Stack gap="md">
        {search.id === undefined ? (
          <TextInput
            label="Name"
            w={320}
            value={id}
            onChange={(event) => setId(event.currentTarget.value.trim())}
          />
        ) : (
          <Text size="sm" c="dimmed">
            What is written here takes the place of all that was said of it.
          </Text>
        )}
        {known ? (
          <YamlForm
            label="The service, as YAML"
            first={exampleService(known, search.tenant)}
            known={known}
            route={applyService}
            submit="Apply"
            send={send}
          />
        ) : (
          <Skeleton h={300} />
        )}
      </Stack>
    </Page>
  )
}

/** Of the service as it is. One that is new goes without, so that none of that name is written over unseen. */
async function etagOf(id: string): Promise<string | undefined> {
  return (await call(showService, { params: { id } })).etag
}
