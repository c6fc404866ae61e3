import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queryClient } from '../api/query-client.ts'
import { SessionGate } from '../session/session-gate.tsx'
import { router } from './router.tsx'
import { styleNonce } from './style-nonce.ts'
import { theme, variables } from './theme.ts'

/** The whole of it: who is signed in sees the pages, who is not is asked to sign in. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </QueryClientProvider>
    </MantineProvider>
  )
}
