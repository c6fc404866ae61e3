import '@mantine/spotlight/styles.css'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconMoon, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { mayAsk, useSession } from '../session/session.ts'
import { PLACES } from './places.ts'

const [store, { open }] = createSpotlight()

interface PaletteProps {
  /** How often it was asked for: each time it opens. */
  readonly asked: number
}

/** Everything that can be gone to or done, found by typing. */
export function Palette({ asked }: PaletteProps) {
  const navigate = useNavigate()
  const session = useSession()
  const { toggleColorScheme } = useMantineColorScheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: every time that it is asked for
  useEffect(open, [asked])
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
      store={store}
      actions={[...places, ...deeds]}
      shortcut={null}
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
