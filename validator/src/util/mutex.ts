/** Runs tasks one after the other in the order they were asked for. A failure reaches its caller and nobody else. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve()

  run<result>(task: () => Promise<result>): Promise<result> {
    const next = this.#last.then(task, task)
    this.#last = next.catch(() => undefined)
    return next
  }
}
