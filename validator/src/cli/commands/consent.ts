import { signSigningKey } from '@datanets/sdk'
import { defineCommand } from '../command.ts'
import { fields } from '../output.ts'
import { parseAddress } from '../parse.ts'

/** Lets the staking account stay on another machine than the node. */
export const consent = defineCommand({
  name: 'consent',
  summary: "sign the signing key's consent to serve an account, for `datanet stake` elsewhere",
  arguments: '<account>',
  async run(context, [given]) {
    const account = parseAddress(given!, 'The account')
    const [{ deployment }, signingKey] = await Promise.all([context.chain(), context.signer('signing')])
    const proof = await signSigningKey(deployment, { account, signingKey })
    const text = fields([
      ['--signing-key', signingKey.address],
      ['--proof', proof],
    ])
    return { data: { account, signingKey: signingKey.address, proof }, text }
  },
})
