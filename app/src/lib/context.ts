import type { ContentStore } from '@datanets/sdk/storage'
import { createContext, useContext } from 'react'
import type { AppConfig } from './config.ts'

type Environment = { config: AppConfig; store: ContentStore }

export const EnvironmentContext = createContext<Environment | undefined>(undefined)

function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext)
  if (environment === undefined) throw new TypeError('The configuration needs <Providers> around it.')
  return environment
}

/** The configuration; every component below the providers has one. */
export const useAppConfig = (): AppConfig => useEnvironment().config

export const useStore = (): ContentStore => useEnvironment().store

/** What a Datanet is called here. */
export function useTitleOf(): (datanetId: bigint) => string {
  const { titles } = useAppConfig()
  return (datanetId) => titles[datanetId.toString()] ?? `Datanet ${datanetId}`
}
