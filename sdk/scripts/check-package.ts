import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

// Packs the package as it would be published and lets publint and attw look at it. Run after `npm run build`.

const root = join(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'datanets-pack-'))
try {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], {
    cwd: root,
    encoding: 'utf8',
  })
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }]
  const tarball = new Uint8Array(readFileSync(join(dir, filename)))
  const problems: string[] = []
  for (const { path } of files) if (/\.test\.|src\/test\//.test(path)) problems.push(`packed a test: ${path}`)

  const pkg = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { messages } = await publint({ pack: { tarball: tarball.buffer } })
  for (const message of messages) problems.push(`publint: ${formatMessage(message, pkg) ?? message.code}`)

  const analysis = await checkPackage(createPackageFromTarballData(tarball), { excludeEntrypoints: ['./package.json'] })
  if (analysis.types === false) problems.push('attw: no types')
  else
    for (const problem of analysis.problems) {
      // The package is ESM only, on purpose: from CommonJS it is loaded by Node's require(esm).
      if (problem.kind === 'CJSResolvesToESM') continue
      // The oldest resolution knows no entry points.
      if ('resolutionKind' in problem && problem.resolutionKind === 'node10') continue
      problems.push(`attw: ${problem.kind} ${'entrypoint' in problem ? problem.entrypoint : ''}`)
    }
  for (const problem of problems) console.error(problem)
  console.log(problems.length === 0 ? `${filename}: ${files.length} files, nothing to complain about` : 'not ready')
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(dir, { recursive: true })
}
