/** Processor time of this process so far, all threads and the kernel's part together. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
