import { expect } from 'chai'
import { parse } from 'graphql'
import { InvalidQueryError } from '../../queries/page.ts'
import { checkSize } from './limits.ts'

const check =
  (query: string, variables: Record<string, unknown> = {}) =>
  () =>
    checkSize(parse(query), variables)

describe('checkSize', () => {
  it('allows a page of contributors with a page of contributions each', () => {
    const query = '{ leaderboard(limit: 50) { items { contributor { contributions(limit: 50) { items { id } } } } } }'
    expect(check(query)).not.to.throw()
  })

  it('refuses pages within pages within pages', () => {
    const inner = 'contributions(limit: 100) { items { lotDetail { votes { report } } } }'
    const query = `{ leaderboard(limit: 100) { items { contributor { ${inner} } } } }`
    expect(check(query)).to.throw(InvalidQueryError, /number of objects/)
  })

  it('reads page sizes from variables and takes the default where there is none', () => {
    const query =
      'query ($n: Int) { leaderboard(limit: $n) { items { contributor { contributions { items { lotDetail { id } } } } } } }'
    expect(check(query, { n: 10 })).not.to.throw()
    expect(check(query, { n: 100 })).to.throw(InvalidQueryError)
  })

  it('refuses a deep query, also when fragments hide the depth', () => {
    const deep = (levels: number): string => (levels === 0 ? '{ a }' : `{ a ${deep(levels - 1)} }`)
    expect(check(deep(12))).to.throw(InvalidQueryError, /depth/)
    const query = `{ a { ...F } } fragment F on A ${deep(10)}`
    expect(check(query)).to.throw(InvalidQueryError, /depth/)
  })

  it('measures fragments that nest without running through them again and again', () => {
    const fragments = Array.from({ length: 40 }, (_, i) => `fragment F${i} on A { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    )
    expect(check(`{ a { ...F0 } } ${fragments} fragment F40 on A { b }`)).not.to.throw()
  })
})
