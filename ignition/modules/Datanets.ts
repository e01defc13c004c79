import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

type Builder = Parameters<Parameters<typeof buildModule>[1]>[0]

/**
 * The protocol on a token: Datanets, which deploys its Validators and Appeals itself, and a ModelFactory that pays its
 * platform's part to the parameter `platform`.
 */
export function protocolOn(m: Builder, open: Parameters<Builder['call']>[0]) {
  const datanets = m.contract('Datanets', [open])
  // Constructors of Datanets have put them there: nobody has to be trusted to join them.
  const validators = m.contractAt('Validators', m.staticCall(datanets, 'VALIDATORS'))
  const appeals = m.contractAt('Appeals', m.staticCall(datanets, 'APPEALS'))
  const modelFactory = m.contract('ModelFactory', [datanets, m.getParameter<string>('platform')])
  return { datanets, validators, appeals, modelFactory }
}

/** Where OPEN exists: the parameter `open` is its address. */
export default buildModule('Datanets', (m) => {
  const openToken = m.contractAt('OpenToken', m.getParameter<string>('open'))
  return { openToken, ...protocolOn(m, openToken) }
})
