import { Anchor } from '@mantine/core'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'

/** For a path that leads nowhere. */
export function NotFound() {
  return (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        <Anchor href="/">Go to the overview</Anchor>
      </Empty>
    </Page>
  )
}
