import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import { protocolOn } from './Datanets.ts'

/** For local and test networks, where OPEN does not exist: the parameter `holder` receives its whole supply. */
export default buildModule('DatanetsWithToken', (m) => {
  const openToken = m.contract('OpenToken', [m.getParameter<string>('holder')])
  return { openToken, ...protocolOn(m, openToken) }
})
