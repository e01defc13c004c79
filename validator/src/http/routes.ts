import type { Metrics } from '../metrics.ts'
import type { Route } from './server.ts'

export interface Health {
  /** The process is up; says nothing about the chain. */
  healthy: boolean
  /** Follows the chain and can do its duties. */
  ready: boolean
  [detail: string]: unknown
}

/** `/healthz` for "is it alive", `/readyz` for "does it do its work"; both 503 when not. */
export function healthRoute(health: () => Health): Route {
  return (path) => {
    if (path !== '/healthz' && path !== '/readyz') return undefined
    const state = health()
    return { status: (path === '/healthz' ? state.healthy : state.ready) ? 200 : 503, body: state }
  }
}

export function metricsRoute({ registry }: Metrics): Route {
  return async (path) =>
    path === '/metrics' ? { status: 200, body: await registry.metrics(), contentType: registry.contentType } : undefined
}
