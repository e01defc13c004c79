import { ModelFactoryError } from './base.ts'

/** A page that is not of this machine called. */
export class OriginRefusedError extends ModelFactoryError {
  override name = 'OriginRefusedError'
  override readonly status = 403

  constructor(what: 'host' | 'origin', value: string) {
    super(`The ${what} "${value.slice(0, 200)}" may not use this ModelFactory.`, {
      metaMessages: ['Only pages of this machine may. Name others in `allowedOrigins`.'],
    })
  }
}

/** The body of a request is no JSON, or too long. */
export class BodyInvalidError extends ModelFactoryError {
  override name = 'BodyInvalidError'
  override readonly status = 400

  constructor(problem: string) {
    super(`The request's body cannot be used: ${problem}.`, { metaMessages: ['Send JSON of at most 1 MB.'] })
  }
}

/** No route answers this. */
export class RouteNotFoundError extends ModelFactoryError {
  override name = 'RouteNotFoundError'
  override readonly status = 404

  constructor(method: string, path: string) {
    super(`There is nothing at ${method} ${path}.`, {
      metaMessages: ['The routes are listed in docs/modelfactory.md.'],
    })
  }
}
