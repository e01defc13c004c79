import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'utils/index': 'src/utils/index.ts',
    'storage/index': 'src/storage/index.ts',
    'node/index': 'src/node/index.ts',
    'ethers/index': 'src/ethers/index.ts',
  },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  clean: true,
  // One file per source file, so that bundlers drop what is not used.
  unbundle: true,
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
})
