/** Variables a trainer may see: no key, no token of ours reaches it. */
const PASSED = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'HF_HOME',
  'HF_TOKEN',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
]

export function trainerEnvironment(): NodeJS.ProcessEnv {
  const passed = PASSED.filter((name) => process.env[name] !== undefined)
  return {
    ...Object.fromEntries(passed.map((name) => [name, process.env[name]])),
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  }
}
