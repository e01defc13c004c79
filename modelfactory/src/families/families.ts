/** The seven families, each by the model type its tiny base is made of. */
export const FAMILIES = [
  { family: 'LLaMA', base: 'llama' },
  { family: 'Mistral', base: 'mistral' },
  { family: 'DeepSeek', base: 'deepseek_v2' },
  { family: 'Qwen', base: 'qwen2' },
  { family: 'BLOOM', base: 'bloom' },
  { family: 'GPT-2', base: 'gpt2' },
  { family: 'ChatGLM / GLM', base: 'glm' },
] as const

export const METHODS = ['lora', 'qlora'] as const

/** Small enough that a run takes seconds, hot enough that a model with random weights learns something in them. */
export const QUICK_SETTINGS = {
  cutoff: 96,
  batchSize: 8,
  accumulation: 1,
  epochs: 1,
  maxSteps: 12,
  learningRate: '0.01',
  datainf: false,
  saveEvery: 100,
} as const
