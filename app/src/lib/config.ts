import { BaseError, type Deployment } from '@datanets/sdk'

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

/** @throws {ConfigError} when the server does not give it. */
export async function loadConfig(): Promise<AppConfig> {
  let response: Response
  try {
    response = await fetch('/config.json', { cache: 'no-store' })
  } catch (cause) {
    throw new ConfigError('The server of this page does not answer.', cause)
  }
  if (!response.ok) throw new ConfigError(`The server answered ${response.status} for /config.json.`)
  return (await response.json()) as AppConfig
}

/** The app does not know where anything is. */
export class ConfigError extends BaseError {
  constructor(message: string, cause?: unknown) {
    super(message, {
      name: 'ConfigError',
      metaMessages: ['Start the local stack with npm start, then try again.'],
      cause,
    })
  }
}
