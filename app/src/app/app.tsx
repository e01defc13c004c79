import { lazy, Suspense, useEffect, useState } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { PageHead } from '../components/page.tsx'
import { ErrorNote } from '../components/read.tsx'
import { ContributionProvider } from '../features/contribute/provider.tsx'
import { type AppConfig, loadConfig } from '../lib/config.ts'
import { Boundary } from './boundary.tsx'
import { Providers } from './providers.tsx'
import { Shell } from './shell.tsx'

const Datanets = lazy(() => import('../pages/datanets.tsx'))
const Datanet = lazy(() => import('../pages/datanet.tsx'))
const Contribute = lazy(() => import('../pages/contribute.tsx'))
const Validate = lazy(() => import('../pages/validate.tsx'))
const Leaderboard = lazy(() => import('../pages/leaderboard.tsx'))
const Rewards = lazy(() => import('../pages/rewards.tsx'))
const Profile = lazy(() => import('../pages/profile.tsx'))

function Pages() {
  const [location] = useLocation()
  return (
    <Boundary key={location}>
      <Suspense fallback={<p role="status">Loading the page…</p>}>
        <Switch>
          <Route path="/" component={Datanets} />
          <Route path="/datanets/:id" component={Datanet} />
          <Route path="/contribute" component={Contribute} />
          <Route path="/validate" component={Validate} />
          <Route path="/leaderboard" component={Leaderboard} />
          <Route path="/rewards" component={Rewards} />
          <Route path="/profile/:account" component={Profile} />
          <Route>
            <PageHead title="No such page" lead={<Link href="/">Browse the Datanets instead.</Link>} />
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  )
}

/** The app once it knows where everything is; until then it keeps asking. */
export function App() {
  const [config, setConfig] = useState<AppConfig>()
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what asks again
  useEffect(() => {
    let isCurrent = true
    loadConfig().then(
      (loaded) => isCurrent && setConfig(loaded),
      (failure) => isCurrent && setError(failure),
    )
    return () => {
      isCurrent = false
    }
  }, [attempt])
  if (config === undefined) {
    return error === undefined ? null : (
      <main className="mx-auto max-w-xl p-6">
        <ErrorNote error={error} onRetry={() => setAttempt((count) => count + 1)} />
      </main>
    )
  }
  return (
    <Providers config={config}>
      <ContributionProvider>
        <Shell>
          <Pages />
        </Shell>
      </ContributionProvider>
    </Providers>
  )
}
