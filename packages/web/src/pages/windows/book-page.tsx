import { Anchor, Skeleton } from '@mantine/core'
import { bookWindow } from '@offtake/contract/api/window-routes'
import { getRouteApi, Link } from '@tanstack/react-router'
import { call } from '../../api/call.ts'
import { useKnownNames } from '../../parts/editor/use-known-names.ts'
import { YamlForm } from '../../parts/editor/yaml-form.tsx'
import { Page } from '../../parts/page.tsx'
import { exampleWindow } from './example-window.ts'

const { useSearch, useNavigate } = getRouteApi('/tenants/book')

/** Books a part of the fleet for a time to come. */
export function BookPage() {
  const { tenant } = useSearch()
  const navigate = useNavigate()
  const known = useKnownNames()
  return (
    <Page
      title="Book a window"
      about={
        <Anchor component={Link} to="/tenants">
          All tenants
        </Anchor>
      }
    >
      {known ? (
        <YamlForm
          label="The window, as YAML"
          first={exampleWindow(known, tenant, Date.now())}
          known={known}
          route={bookWindow}
          submit="Book"
          send={async (body, key) => {
            const { value } = await call(bookWindow, { body: body as never, key })
            void navigate({ to: '/tenants/$id', params: { id: value.tenant } })
          }}
        />
      ) : (
        <Skeleton h={300} />
      )}
    </Page>
  )
}
