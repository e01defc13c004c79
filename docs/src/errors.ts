/** What went wrong, with limit and remedy. */
export class DocsError extends Error {
  readonly code: string
  readonly status: 400 | 404

  constructor(code: string, message: string, { status, remedy }: { status: 400 | 404; remedy: string }) {
    super(`${message} ${remedy}`)
    this.name = 'DocsError'
    this.code = code
    this.status = status
  }
}

export class PageNotFoundError extends DocsError {
  constructor(path: string) {
    super('page-not-found', `There is no page "${path}".`, { status: 404, remedy: 'See /llms.txt for all pages.' })
  }
}

export class QuestionTooLongError extends DocsError {
  constructor(length: number, limit: number) {
    super('question-too-long', `The question has ${length} characters; the limit is ${limit}.`, {
      status: 400,
      remedy: 'Ask one thing at a time.',
    })
  }
}
