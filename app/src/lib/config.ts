import type { Deployment } from '@datanets/sdk'

/** Where everything is. The server that hands out the app writes it to `/config.json`. */
export type AppConfig = {
  deployment: Deployment
  chainName: string
  rpcUrl: string
  /** Trustless gateway that content is read through. */
  gatewayUrl: string
  /** Path on this server that blocks are put to. */
  uploadPath: string
  /** Names of Datanets by their id: the chain has none, so whoever serves the app gives them. */
  titles: Record<string, string>
}

/** Reads the configuration; throws what a person can act on. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' })
  if (!response.ok) throw new ConfigError(`The server answered ${response.status} for /config.json.`)
  return (await response.json()) as AppConfig
}

export class ConfigError extends Error {
  constructor(message: string) {
    super(`${message} Start the local stack with npm start, then reload this page.`)
    this.name = 'ConfigError'
  }
}
