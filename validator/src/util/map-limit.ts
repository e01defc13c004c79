/** Maps with at most `limit` calls under way; results keep the order of `items`. The first failure rejects. */
export async function mapLimit<item, result>(
  items: readonly item[],
  limit: number,
  work: (item: item, index: number) => Promise<result>,
): Promise<result[]> {
  const results = new Array<result>(items.length)
  let next = 0
  const run = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index]!, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run))
  return results
}
