// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDatanets} from "./IDatanets.sol";

/// @title IAppeals
interface IAppeals {
    /// @notice The contract whose results can be appealed.
    function DATANETS() external view returns (IDatanets);
}
