import { createContext, useContext } from 'react'
import type { AppConfig } from './config.ts'

export const ConfigContext = createContext<AppConfig | undefined>(undefined)

/** The configuration; every component below the providers has one. */
export function useAppConfig(): AppConfig {
  const config = useContext(ConfigContext)
  if (config === undefined) throw new TypeError('useAppConfig needs <Providers> around it.')
  return config
}
