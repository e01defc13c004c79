import { BaseError } from '@datanets/sdk'
import { type ExecutionResult, execute, GraphQLError, parse, validate } from 'graphql'
import { InvalidQueryError } from '../../queries/page.ts'
import type { Store } from '../../store/store.ts'
import { checkSize, MAX_QUERY_LENGTH } from './limits.ts'
import { createSchema } from './resolvers.ts'

export type GraphQLRequest = { query?: unknown; variables?: unknown; operationName?: unknown }

/** Answers GraphQL requests of limited size. Only queries: there is nothing here to change. */
export function createGraphQL(store: Store): (request: GraphQLRequest) => Promise<ExecutionResult> {
  const schema = createSchema()
  return async ({ query, variables, operationName }) => {
    try {
      if (typeof query !== 'string' || query.length > MAX_QUERY_LENGTH) {
        throw new InvalidQueryError(
          'query',
          typeof query,
          `a GraphQL document of at most ${MAX_QUERY_LENGTH} characters`,
        )
      }
      const document = parse(query, { maxTokens: 2_000 })
      const errors = validate(schema, document, undefined, { maxErrors: 10 })
      if (errors.length > 0) return { errors }
      const variableValues = isRecord(variables) ? variables : {}
      checkSize(document, variableValues)
      const result = await execute({
        schema,
        document,
        variableValues,
        operationName: typeof operationName === 'string' ? operationName : null,
        contextValue: { store },
      })
      return { ...result, ...(result.errors ? { errors: result.errors.map(shown) } : {}) }
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      if (error instanceof BaseError)
        return { errors: [shown(new GraphQLError(error.shortMessage, { originalError: error }))] }
      throw error
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Our own failures with their name; others without what they say of the inside. */
function shown(error: GraphQLError): GraphQLError {
  const cause = error.originalError
  if (cause === undefined || cause === null) return error
  const isOurs = cause instanceof BaseError
  return new GraphQLError(isOurs ? cause.shortMessage : 'The query failed.', {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: { code: isOurs ? cause.name : 'InternalError' },
  })
}
