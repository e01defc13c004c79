export { ProviderWithoutRpcError, SignerWithoutProviderError } from '../errors/ethers.ts'
export { toViemAccount } from './account.ts'
export {
  type DatanetsOfProvider,
  type DatanetsOfSigner,
  type FromEthersParameters,
  fromProvider,
  fromSigner,
} from './client.ts'
export {
  type Appeals,
  type Datanets,
  type EthersContracts,
  getContracts,
  type ModelFactory,
  type OpenToken,
  type Validators,
} from './contracts.ts'
export { toTransport } from './transport.ts'
