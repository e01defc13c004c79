// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAppeals} from "./interfaces/IAppeals.sol";
import {IDatanets} from "./interfaces/IDatanets.sol";

contract Appeals is IAppeals {
    /// @inheritdoc IAppeals
    IDatanets public immutable DATANETS;

    constructor(IDatanets datanets) {
        DATANETS = datanets;
    }
}
