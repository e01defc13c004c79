// Holds or fills a journal until it is killed: `journal-child.ts DIR KEY hold|write`.
import { setInterval } from 'node:timers'
import type { Address } from 'viem'
import { Journal } from '../src/journal/journal.ts'

const [dir, key, mode] = process.argv.slice(2)
const journal = Journal.open({ dir: dir!, key: key as Address })
if (mode === 'hold') {
  process.send!('held')
  setInterval(() => undefined, 1_000)
}
for (let number = 0; mode === 'write'; number++) {
  journal.record({
    chainId: 1,
    contract: '0x0000000000000000000000000000000000000001',
    kind: 'lot',
    subject: `0x${number.toString(16).padStart(64, '0')}`,
    label: String(number),
    content: String(number),
  })
  process.send!(number)
  await new Promise((resolve) => setImmediate(resolve))
}
