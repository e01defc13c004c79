import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Fields that never reach a log, at the top and one level down. */
const SECRETS = ['privateKey', 'password', 'mnemonic', 'secret', 'authorization', 'env', 'keystorePassword']

export interface LoggerOptions {
  level?: string
  /** Node id or key, on every line. */
  bindings?: Record<string, unknown>
  destination?: DestinationStream
}

/** One JSON object a line on standard error, so that standard output stays a command's result. */
export function createLogger({ level = 'info', bindings, destination }: LoggerOptions = {}): Logger {
  return pino(
    {
      level,
      base: bindings ?? null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: serializeError },
      hooks: { logMethod },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  )
}

/** Credentials inside URLs and anything as long as a private key are cut out of messages and error texts. */
export function redactText(text: string): string {
  return text
    .replace(/:\/\/[^/\s@]+@/g, '://[redacted]@')
    .replace(/([?&](?:key|token|apikey|api_key)=)[^&\s]+/gi, '$1[redacted]')
}

/** bigint is not JSON: written as decimal text. */
function logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void): void {
  method.apply(this, args.map(plain))
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null || value instanceof Error) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, typeof field === 'bigint' ? field.toString() : field]),
  )
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { shortMessage, metaMessages } = error as { shortMessage?: string; metaMessages?: string[] }
  return {
    type: error.name,
    message: redactText(shortMessage ?? error.message).slice(0, 600),
    ...(metaMessages ? { meta: metaMessages.map(redactText).slice(0, 6) } : {}),
    ...(error.cause instanceof Error ? { cause: redactText(error.cause.message).slice(0, 300) } : {}),
  }
}
