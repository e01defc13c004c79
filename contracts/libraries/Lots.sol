// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Lot} from "../interfaces/IDatanets.sol";

/// @notice What the chain keeps of a lot's state.
library Lots {
    /// @notice Hash of the state, equal to `keccak256(abi.encode(lot))`.
    /// @dev In memory the ten members lie in ten words just as the encoding lays them out.
    function hash(Lot memory lot) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            digest := keccak256(lot, 0x140)
        }
    }
}
