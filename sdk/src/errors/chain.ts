import type { Hex } from 'viem'
import { formatLotId } from '../utils/ids.ts'
import { BaseError } from './base.ts'

/** A transaction was mined and failed, although it had not in simulation. */
export class TransactionRevertedError extends BaseError {
  readonly hash: Hex

  constructor({ cause, hash }: { cause?: unknown; hash: Hex }) {
    super(`Transaction ${hash} was mined and reverted.`, {
      cause,
      metaMessages: ['Another transaction changed the state before it. Nothing of it happened: read again and retry.'],
      name: 'TransactionRevertedError',
    })
    this.hash = hash
  }
}

/** A transaction succeeded without the event its call always emits: the address holds another contract. */
export class MissingEventError extends BaseError {
  constructor({ eventName, hash }: { eventName: string; hash: Hex }) {
    super(`Transaction ${hash} succeeded without the event ${eventName}.`, {
      metaMessages: ['Check the addresses of the deployment.'],
      name: 'MissingEventError',
    })
  }
}

/** A write needs an account and the client has none. */
export class AccountRequiredError extends BaseError {
  constructor({ action }: { action: string }) {
    super(`${action} needs an account.`, {
      metaMessages: ['Create the client with an account, or pass `account`.'],
      name: 'AccountRequiredError',
    })
  }
}

/** The events the node gave do not lead to the state the chain holds. */
export class InconsistentEventsError extends BaseError {
  constructor({ lotId, expected, found }: { lotId: bigint; expected: Hex; found: Hex }) {
    super(`The events of lot ${formatLotId(lotId)} give the state ${found}, but the chain holds ${expected}.`, {
      metaMessages: [
        'The node left out events, or a block was replaced while reading. Read again, or use another node.',
      ],
      name: 'InconsistentEventsError',
    })
  }
}

/** Events could not be read even one block at a time. */
export class EventsUnavailableError extends BaseError {
  constructor({ cause, fromBlock, toBlock }: { cause: unknown; fromBlock: bigint; toBlock: bigint }) {
    super(`The node does not give the events of blocks ${fromBlock} to ${toBlock}.`, {
      cause,
      metaMessages: ['Use a node that keeps logs since the deployment and serves eth_getLogs.'],
      name: 'EventsUnavailableError',
    })
  }
}

/** No lot has this id yet. */
export class UnknownLotError extends BaseError {
  constructor({ lotId }: { lotId: bigint }) {
    super(`Lot ${formatLotId(lotId)} has no submission yet.`, {
      metaMessages: ['List the lots of a Datanet with getLots.'],
      name: 'UnknownLotError',
    })
  }
}

/** No contribution has this id. */
export class UnknownContributionError extends BaseError {
  constructor({ id }: { id: string }) {
    super(`There is no contribution ${id}.`, {
      metaMessages: ['Ids are written datanet-lot-item; getLot lists the items of a lot.'],
      name: 'UnknownContributionError',
    })
  }
}

/** A lot's state does not allow what was asked of it. */
export class UnexpectedLotStatusError extends BaseError {
  constructor({
    action,
    expected,
    lotId,
    status,
  }: { action: string; lotId: bigint; status: string; expected: string }) {
    super(`Lot ${formatLotId(lotId)} is ${status}; ${action} needs it ${expected}.`, {
      metaMessages: ['A lot goes from open to closed to settled to accrued, or to lapsed.'],
      name: 'UnexpectedLotStatusError',
    })
  }
}
