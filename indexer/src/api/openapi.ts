import { type GraphQLField, type GraphQLOutputType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql'
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../queries/page.ts'
import { createSchema } from './graphql/resolvers.ts'
import { routes } from './routes.ts'

const parameters: Record<string, { description: string; schema: object; required?: boolean }> = {
  limit: {
    description: 'Items of a page.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE },
  },
  after: { description: '`next` of the page before.', schema: { type: 'string' } },
  datanet: { description: 'Only this Datanet.', schema: { type: 'integer' } },
  window: {
    description: 'Over all time, or over the last 1, 7 or 30 UTC days, the day of the indexed block included.',
    schema: { type: 'string', enum: ['all', 'day', 'week', 'month'], default: 'all' },
  },
  status: {
    description: 'Only lots that stand there.',
    schema: { type: 'string', enum: ['open', 'closed', 'settled', 'appealed', 'accrued', 'lapsed'] },
  },
  days: { description: 'How many UTC days.', schema: { type: 'integer', minimum: 1, maximum: 366, default: 30 } },
  owner: { description: 'Only runs of this account.', schema: { type: 'string' } },
  q: { description: 'An account, a hash, a CID, or an id such as 3-12-7.', schema: { type: 'string' }, required: true },
}

const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** The API as an OpenAPI 3.1 document. */
export function createOpenApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Datanets indexer',
      version: '1',
      description:
        'Answers from events, each as of a block. Amounts are wei as decimal strings, times seconds since 1970. Nothing here has to be trusted: every answer can be recomputed from the chain.',
    },
    paths: Object.fromEntries(routes.map((route) => [`/v1${route.path}`, { get: toOperation(route) }])),
    components: {
      schemas: {
        ...toSchemas(),
        Problem: {
          type: 'object',
          required: ['error', 'message'],
          properties: {
            error: { type: 'string' },
            message: { type: 'string' },
            hints: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  }
}

function toOperation({ path, summary, query, result }: (typeof routes)[number]): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    summary,
    operationId: path.replace(/[/{}]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, ''),
    parameters: [...inPath, ...query.map((name) => ({ name, in: 'query', required: false, ...parameters[name] }))],
    responses: {
      200: {
        description: 'The answer.',
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${result}` } } },
      },
      400: problem('The question has no answer as it was asked.'),
      404: problem('Nothing has this id.'),
      429: problem('Too many requests: wait as long as Retry-After says.'),
      503: problem('Nothing is indexed yet, or the database does not answer.'),
    },
  }
}

function toSchemas(): Record<string, object> {
  const schemas: Record<string, object> = {}
  for (const type of Object.values(createSchema().getTypeMap())) {
    if (type.name.startsWith('__') || type.name === 'Query') continue
    if (isEnumType(type)) schemas[type.name] = { type: 'string', enum: type.getValues().map(({ name }) => name) }
    if (!isObjectType(type)) continue
    // Fields with a resolver of their own are GraphQL's; JSON has a route for each.
    const fields = Object.values(type.getFields()).filter(({ resolve }) => resolve === undefined)
    schemas[type.name] = {
      type: 'object',
      required: fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name),
      properties: Object.fromEntries(fields.map((field) => [field.name, toProperty(field)])),
    }
  }
  return schemas
}

function toProperty({ type, description }: GraphQLField<unknown, unknown>): object {
  return { ...toSchema(type), ...(description ? { description } : {}) }
}

const scalars: Record<string, object> = {
  Int: { type: 'integer' },
  Float: { type: 'number' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Amount: { type: 'string', pattern: '^[0-9]+$' },
  Address: { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' },
  Hex: { type: 'string', pattern: '^0x[0-9a-f]*$' },
  Json: {},
}

function toSchema(type: GraphQLOutputType): object {
  if (isNonNullType(type)) return toSchema(type.ofType)
  if (isListType(type)) return { type: 'array', items: toSchema(type.ofType as GraphQLOutputType) }
  return scalars[type.name] ?? { $ref: `#/components/schemas/${type.name}` }
}
