/** The kinds of models that can be fine-tuned, as `general.architecture` of a GGUF names them: all else is refused before it is loaded. */
export const trainableArchitectures = ['llama', 'qwen2', 'qwen3', 'gemma3', 'phi3'] as const;
