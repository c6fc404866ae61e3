import '@mantine/spotlight/styles.css'
import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconMoon, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { mayAsk, useSession } from '../session/session.ts'
import { paletteStore } from './palette-store.ts'
import { PLACES } from './places.ts'

/** Everything that can be gone to or done, found by typing. */
export function Palette() {
  const navigate = useNavigate()
  const session = useSession()
  const { toggleColorScheme } = useMantineColorScheme()
  const places: SpotlightActionData[] = PLACES.filter(({ needs }) => mayAsk(session, needs)).map(
    ({ to, label, icon: Icon }) => ({
      id: to,
      label,
      group: 'Go to',
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => void navigate({ to }),
    }),
  )
  const deeds: SpotlightActionData[] = [
    {
      id: 'scheme',
      label: 'Switch between light and dark',
      group: 'Do',
      leftSection: <IconMoon size={18} stroke={1.6} />,
      onClick: toggleColorScheme,
    },
  ]
  return (
    <Spotlight
      store={paletteStore}
      actions={[...places, ...deeds]}
      shortcut={['mod + K', '/']}
      highlightQuery
      scrollable
      nothingFound="Nothing of that name"
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Search, or say what to do',
        'aria-label': 'Search, or say what to do',
      }}
    />
  )
}
