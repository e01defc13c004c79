import { registerDeployment } from '@datanets/sdk'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { type Config, WagmiProvider } from 'wagmi'
import type { AppConfig } from '../lib/config.ts'
import { EnvironmentContext } from '../lib/context.ts'
import { createAppStore } from '../lib/store.ts'
import { wagmiConfigOf } from '../lib/wagmi.ts'

type ProvidersProps = { config: AppConfig; wagmi?: Config; children: ReactNode }

/** Everything that components find by context; tests give their own wagmi configuration. */
export function Providers({ config, wagmi, children }: ProvidersProps) {
  const queries = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1, refetchInterval: 3000 } } }),
    [],
  )
  const wallets = useMemo(() => {
    registerDeployment(config.deployment)
    return wagmi ?? wagmiConfigOf(config)
  }, [config, wagmi])
  const environment = useMemo(() => ({ config, store: createAppStore(config) }), [config])
  return (
    <EnvironmentContext value={environment}>
      <WagmiProvider config={wallets}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </WagmiProvider>
    </EnvironmentContext>
  )
}
