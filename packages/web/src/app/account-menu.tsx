import { Menu, Text, useMantineColorScheme } from '@mantine/core'
import { signOut } from '@offtake/contract/api/session-routes'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { call } from '../api/call.ts'
import { useSession } from '../session/session.ts'

const SCHEMES = [
  { scheme: 'light', label: 'Light', icon: IconSun },
  { scheme: 'dark', label: 'Dark', icon: IconMoon },
  { scheme: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const

/** Who is signed in, how it looks, and the way out; open from the start. */
export function AccountMenu({ button }: { readonly button: ReactElement }) {
  const { actor, roles, tenant } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { mutate } = useMutation({
    mutationFn: () => call(signOut, {}),
    // Nothing of what was read may stay for whoever signs in next.
    onSuccess: () => window.location.assign('/'),
  })
  return (
    <Menu position="bottom-end" width={220} defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" c="var(--ink)" fw={550}>
            {actor}
          </Text>
          {tenant ?? roles.join(', ')}
        </Menu.Label>
        <Menu.Divider />
        {SCHEMES.map(({ scheme, label, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} stroke={1.6} />}
            onClick={() => setColorScheme(scheme)}
            fw={scheme === colorScheme ? 600 : undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
