import { Card } from './card.tsx'
import { Connect } from './connect.tsx'

/** In place of what only a connected account has. */
export function NeedWallet({ why }: { why: string }) {
  return (
    <Card>
      <div className="flex flex-col items-start gap-3 sm:flex-row sm:items-center sm:justify-between">
        <p className="text-soft">{why}</p>
        <Connect />
      </div>
    </Card>
  )
}
