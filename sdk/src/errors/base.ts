import { version } from '../version.ts'

const docsRoot = 'docs'

export type BaseErrorOptions = {
  cause?: unknown
  /** What was found underneath, such as another library's message. */
  details?: string
  /** Page of our documentation, from its root. */
  docsPath?: string
  /** The limit and the remedy, one line each. */
  metaMessages?: readonly string[]
  name?: string
}

/**
 * Every failure of the SDK. `shortMessage` says what happened and is fit for a screen; `message` adds the limit, the
 * remedy and where to read on.
 */
export class BaseError extends Error {
  readonly shortMessage: string
  readonly details: string
  readonly docsPath: string | undefined
  readonly metaMessages: readonly string[]
  readonly version: string = version

  constructor(shortMessage: string, options: BaseErrorOptions = {}) {
    const { cause, docsPath, metaMessages = [], name } = options
    const details = options.details ?? detailsOf(cause)
    const lines = [
      shortMessage,
      ...metaMessages,
      ...(docsPath ? [`Docs: ${docsRoot}${docsPath}`] : []),
      ...(details ? [`Details: ${details}`] : []),
      `Version: @datanets/sdk@${version}`,
    ]
    super(lines.join('\n'), cause === undefined ? undefined : { cause })
    this.name = name ?? 'BaseError'
    this.shortMessage = shortMessage
    this.details = details
    this.docsPath = docsPath
    this.metaMessages = metaMessages
  }

  /** The first error in the chain of causes for which `fn` holds; without `fn` the last error of the chain. */
  walk(): unknown
  walk(fn: (error: unknown) => boolean): unknown | null
  walk(fn?: (error: unknown) => boolean): unknown {
    let error: unknown = this
    while (error !== undefined && error !== null) {
      if (fn?.(error)) return error
      const cause = (error as { cause?: unknown }).cause
      if (cause === undefined || cause === null) return fn ? null : error
      error = cause
    }
    return null
  }
}

function detailsOf(cause: unknown): string {
  if (cause instanceof BaseError) return cause.details || cause.shortMessage
  if (cause instanceof Error) return (cause as { shortMessage?: string }).shortMessage ?? cause.message
  return ''
}
