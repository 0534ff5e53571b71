import { expect, test } from 'vitest';
import { recogniseTemplate } from './recogniseTemplate.ts';
import { templateFamilies } from './templateFamilies.ts';

const jinjaOf = (name: string) => templateFamilies.find((family) => family.name === name)?.jinja;

test.each([
	['chatml', '{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}<|im_start|>user\n{{ .Prompt }}<|im_end|>\n<|im_start|>assistant\n'],
	['phi4', '{{- range .Messages }}<|im_start|>{{ .Role }}<|im_sep|>\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant<|im_sep|>\n'],
	['llama3', '<|start_header_id|>user<|end_header_id|>\n\n{{ .Prompt }}<|eot_id|>{{ if .Tools }}<|python_tag|>{{ end }}'],
	['phi3', '{{ if .System }}<|system|>\n{{ .System }}<|end|>\n{{ end }}<|user|>\n{{ .Prompt }}<|end|>\n<|assistant|>\n{{ .Response }}<|end|>'],
	['zephyr', '<|system|>\n{{ .System }}</s>\n<|user|>\n{{ .Prompt }}</s>\n<|assistant|>\n'],
	['granite', '<|start_of_role|>user<|end_of_role|>{{ .Prompt }}<|end_of_text|>\n'],
	['gemma', '<start_of_turn>user\n{{ if .System }}{{ .System }} {{ end }}{{ .Prompt }}<end_of_turn>\n<start_of_turn>model\n{{ .Response }}<end_of_turn>\n'],
	['llama2', '[INST] <<SYS>>{{ .System }}<</SYS>>\n\n{{ .Prompt }} [/INST]\n'],
	['mistral', '[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{ .Prompt }}[/INST] {{ .Response }}</s>'],
	['deepseek', '{{- if .System }}{{ .System }}{{ end }}<｜User｜>{{ .Prompt }}<｜Assistant｜>{{ .Response }}<｜end▁of▁sentence｜>'],
	[
		'command',
		'<|START_OF_TURN_TOKEN|><|USER_TOKEN|>{{ .Prompt }}<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>{{ .Response }}<|END_OF_TURN_TOKEN|>',
	],
])('knows a template of the family %s', (name, goTemplate) => {
	expect(recogniseTemplate(goTemplate)).toBe(jinjaOf(name));
});

test.each([
	['a template without marks', 'User: {{ .Prompt }}\nAssistant:'],
	['an empty one', ''],
	['one of two families', '<|im_start|>user<|im_end|><|start_header_id|><|end_header_id|><|eot_id|>'],
	['one with a mark of its own', '<|im_start|>user\n{{ .Prompt }}<|im_end|><|my_reasoning|>'],
	['one with channels', '<|start|>user<|message|>{{ .Prompt }}<|end|><|start|>assistant<|channel|>final'],
	['a newer one of a family', '[SYSTEM_PROMPT]{{ .System }}[/SYSTEM_PROMPT][INST]{{ .Prompt }}[/INST]'],
	['half of one', '<|im_start|>user {{ .Prompt }}'],
	['one that is endless', `<|im_start|><|im_end|>${'x'.repeat(100_001)}`],
])('does not guess at %s', (_, goTemplate) => {
	expect(recogniseTemplate(goTemplate)).toBeNull();
});
