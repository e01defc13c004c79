/** One duty of the node. `tick` does what is due now and returns; what fails is tried again at a later tick. */
export interface Service {
  name: string
  tick(): Promise<void>
}
