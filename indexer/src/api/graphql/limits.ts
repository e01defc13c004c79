import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import { DEFAULT_PAGE_SIZE, InvalidQueryError, MAX_PAGE_SIZE } from '../../queries/page.ts'

export const MAX_DEPTH = 10
/** Objects one query may ask for, counted before it runs. */
export const MAX_OBJECTS = 5_000
export const MAX_QUERY_LENGTH = 10_000

type Size = { depth: number; objects: number }

/**
 * Refuses a query that is deeper or would build more objects than allowed, without running it. Validate it first:
 * fragments must exist and have no cycles.
 */
export function checkSize(document: DocumentNode, variables: Record<string, unknown>): void {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  // A fragment is measured once, however often it is used: nesting them cannot make this slow.
  const measured = new Map<string, Size>()
  const measure = (set: SelectionSetNode | undefined): Size => {
    const total = { depth: 0, objects: 0 }
    for (const selection of set?.selections ?? []) {
      let size: Size
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value
        size = measured.get(name) ?? measure(fragments.get(name)?.selectionSet)
        measured.set(name, size)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) size = measure(selection.selectionSet)
      else {
        const inner = measure(selection.selectionSet)
        size = { depth: inner.depth + 1, objects: inner.objects }
        const argument = selection.arguments?.find(({ name }) => name.value === 'limit')?.value
        if (
          selection.selectionSet?.selections.some((child) => child.kind === Kind.FIELD && child.name.value === 'items')
        ) {
          size.objects = Math.max(1, inner.objects) * itemsOf(argument, variables)
        } else if (selection.selectionSet !== undefined) size.objects += 1
      }
      total.depth = Math.max(total.depth, size.depth)
      total.objects += size.objects
    }
    return total
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, objects } = measure(definition.selectionSet)
    if (depth > MAX_DEPTH) throw new InvalidQueryError('The depth of the query', depth, `at most ${MAX_DEPTH}`)
    if (objects > MAX_OBJECTS) {
      throw new InvalidQueryError(
        'The number of objects asked for',
        objects,
        `at most ${MAX_OBJECTS}: use smaller pages`,
      )
    }
  }
}

function itemsOf(argument: unknown, variables: Record<string, unknown>): number {
  const node = argument as { kind: string; value?: string; name?: { value: string } } | undefined
  if (node === undefined) return DEFAULT_PAGE_SIZE
  const value = node.kind === Kind.VARIABLE ? variables[node.name!.value] : node.value
  const limit = Number(value ?? DEFAULT_PAGE_SIZE)
  // Pages larger than allowed are refused when they are asked for.
  return Number.isFinite(limit) ? Math.min(Math.max(1, limit), MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE
}
