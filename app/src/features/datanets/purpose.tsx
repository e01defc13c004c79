import { Read } from '../../components/read.tsx'
import { useRules } from './queries.ts'
import { ALWAYS, rulesWords } from './words.ts'

export function Purpose({ datanetId }: { datanetId: bigint }) {
  const query = useRules(datanetId)
  return (
    <Read query={query} what="purpose">
      {({ rules }) => <p>{rulesWords(rules).purpose ?? 'Its rules name no purpose.'}</p>}
    </Read>
  )
}

export function Rules({ datanetId }: { datanetId: bigint }) {
  const query = useRules(datanetId)
  return (
    <Read query={query} what="rules">
      {({ cid, rules }) => (
        <>
          <ul className="list-disc space-y-1.5 pl-5 text-sm">
            {[...ALWAYS, ...rulesWords(rules).sentences].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p className="mt-3 break-all text-xs text-soft">
            {cid === null ? 'It has no rules document.' : `Rules document on IPFS: ${cid}`}
          </p>
        </>
      )}
    </Read>
  )
}
