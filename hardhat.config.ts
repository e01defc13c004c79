import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import chaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import ignitionViem from '@nomicfoundation/hardhat-ignition-viem'
import keystore from '@nomicfoundation/hardhat-keystore'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import networkHelpers from '@nomicfoundation/hardhat-network-helpers'
import typechain from '@nomicfoundation/hardhat-typechain'
import verify from '@nomicfoundation/hardhat-verify'
import hardhatViem from '@nomicfoundation/hardhat-viem'
import viemAssertions from '@nomicfoundation/hardhat-viem-assertions'
import { configVariable, defineConfig } from 'hardhat/config'

// Hardhat wants an absolute path; the compiler comes from the npm package `solc`, so nothing is downloaded.
const solc = {
  version: '0.8.37',
  path: createRequire(import.meta.url).resolve('solc/soljson.js'),
  settings: {
    evmVersion: 'prague',
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none' as const },
  },
}

const deep = process.env.DATANETS_TEST_PROFILE === 'deep'

export default defineConfig({
  plugins: [
    hardhatViem,
    viemAssertions,
    hardhatEthers,
    chaiMatchers,
    typechain,
    hardhatMocha,
    ignitionViem,
    verify,
    keystore,
    networkHelpers,
  ],
  // One profile for everything: what is tested is byte for byte what is deployed.
  solidity: { profiles: { default: solc, production: solc } },
  paths: { tests: { mocha: './test/integration', solidity: './test/contracts' } },
  typechain: { outDir: './typechain' },
  test: {
    mocha: { timeout: 60_000 },
    solidity: {
      // The golden vectors, which the TypeScript tests read too.
      fsPermissions: { readDirectory: ['./test/vectors'] },
      fuzz: { runs: deep ? 50_000 : 512, seed: '0xda7a' },
      invariant: { runs: deep ? 1_000 : 24, depth: deep ? 500 : 64, failOnRevert: true },
    },
  },
  networks: {
    local: { type: 'http', url: 'http://127.0.0.1:8545' },
    op: { type: 'edr-simulated', chainType: 'op' },
    openledger: {
      type: 'http',
      chainType: 'op',
      chainId: 1612,
      url: configVariable('OPENLEDGER_RPC_URL'),
      accounts: [configVariable('OPENLEDGER_DEPLOYER_KEY')],
    },
  },
})
