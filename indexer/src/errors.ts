import { BaseError } from '@datanets/sdk'

/** Whether the loop should try again or stop is the only question it asks of a failure. */
export class IndexerError extends BaseError {
  readonly retry: boolean

  constructor(name: string, message: string, options: { retry: boolean; cause?: unknown; metaMessages?: string[] }) {
    super(message, { name, docsPath: '/indexer', cause: options.cause, metaMessages: options.metaMessages ?? [] })
    this.retry = options.retry
  }
}

export class DatabaseLockedError extends IndexerError {
  constructor(database: string, options: { cause?: unknown } = {}) {
    super('DatabaseLockedError', `The database ${database} is in use by another indexer.`, {
      ...options,
      retry: false,
      metaMessages: [
        'Limit: one writer per database.',
        'Remedy: stop the other process, or give this one a database of its own.',
      ],
    })
  }
}

export class DatabaseIdentityError extends IndexerError {
  constructor(database: string, expected: string, found: string) {
    super('DatabaseIdentityError', `The database ${database} holds ${found}, and ${expected} was asked for.`, {
      retry: false,
      metaMessages: ['Remedy: use another database for another chain or deployment, or start once with `rebuild`.'],
    })
  }
}

export class AmountOutOfRangeError extends IndexerError {
  constructor(column: string, value: bigint) {
    super('AmountOutOfRangeError', `${column} would be ${value}.`, {
      retry: false,
      metaMessages: [
        'Limit: amounts lie between 0 and 2^127 - 1.',
        'Remedy: an event is missing or invented: check the RPC endpoint, then start once with `rebuild`.',
      ],
    })
  }
}

export class DeepReorgError extends IndexerError {
  constructor(depth: number, lowest: number, head: number) {
    super(
      'DeepReorgError',
      `The chain was reorganised deeper than ${depth} blocks: no block from ${lowest} on is known to it.`,
      {
        retry: false,
        metaMessages: [
          `Limit: reorganisations of up to ${depth} blocks are followed; the chain is at block ${head}.`,
          'Remedy: check that the endpoint serves the right chain, then start once with `rebuild`, or with a larger `depth`.',
        ],
      },
    )
  }
}

export class EventGapError extends IndexerError {
  /** The first block that may miss an event. */
  readonly block: number

  constructor(what: string, block: number) {
    super('EventGapError', `Events are missing before block ${block}: ${what}.`, {
      retry: true,
      metaMessages: ['Remedy: the RPC endpoint left events out; the range is asked for again.'],
    })
    this.block = block
  }
}

export class RpcAnswerError extends IndexerError {
  constructor(method: string, what: string) {
    super('RpcAnswerError', `The answer to ${method} contradicts itself: ${what}.`, {
      retry: true,
      metaMessages: ['Remedy: it is asked for again; if this goes on, use another RPC endpoint.'],
    })
  }
}

export class RpcUnreachableError extends IndexerError {
  constructor(method: string, options: { cause: unknown }) {
    super('RpcUnreachableError', `The RPC endpoint did not answer ${method}.`, {
      ...options,
      retry: true,
      metaMessages: ['Remedy: it is asked again after a pause.'],
    })
  }
}

export class WrongChainError extends IndexerError {
  constructor(expected: number, found: number) {
    super('WrongChainError', `The RPC endpoint serves chain ${found}, and the deployment is on chain ${expected}.`, {
      retry: false,
      metaMessages: ['Remedy: give the endpoint of the deployment’s chain.'],
    })
  }
}

export class UnhealableGapError extends IndexerError {
  constructor(rebuilds: number, options: { cause: unknown }) {
    super('UnhealableGapError', `Events are still missing after ${rebuilds} rebuilds.`, {
      ...options,
      retry: false,
      metaMessages: ['Remedy: use another RPC endpoint, then start again.'],
    })
  }
}

export class ConfigurationError extends IndexerError {
  constructor(variable: string, value: string | undefined, expected: string) {
    super('ConfigurationError', `${variable} is ${value === undefined ? 'not set' : JSON.stringify(value)}.`, {
      retry: false,
      metaMessages: [`Expected: ${expected}.`],
    })
  }
}

export class RangeTooLargeError extends IndexerError {
  constructor(options: { cause: unknown }) {
    super('RangeTooLargeError', 'The RPC endpoint refused so many logs at once.', {
      ...options,
      retry: true,
      metaMessages: ['Remedy: the range is halved until it answers.'],
    })
  }
}

export class DatabaseUnavailableError extends IndexerError {
  constructor(database: string, options: { cause: unknown }) {
    super('DatabaseUnavailableError', `The database ${database} does not answer.`, {
      ...options,
      retry: true,
      metaMessages: ['Remedy: it is tried again after a pause; check that it runs and has space.'],
    })
  }
}
