/** Where a row's event is: every log row has it. */
export const place = { block: 'integer', logIndex: 'integer', at: 'integer', transactionHash: 'bytes' } as const
