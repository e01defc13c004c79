import { parseAbi } from 'viem'

/** The events that a leaderboard is made of; see `contracts/interfaces/IDatanets.sol` for the whole. */
export const datanetsAbi = parseAbi([
  'event Submitted(uint256 indexed lot, address indexed contributor, uint256 entry, bytes32 root, bytes32 manifests)',
  'event Accrued(uint256 indexed lot, address indexed contributor, uint256 first, uint256 count, uint256 amount)',
])
