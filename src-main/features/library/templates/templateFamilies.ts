/** A way in which many models were taught to see a conversation. */
export interface TemplateFamily {
	name: string;
	/** Marks that every template of the family writes. */
	needs: readonly string[];
	/** Marks that some of them write beside these, for tools and the like. */
	knows: readonly string[];
	/** What turns a conversation into a prompt of this family. The mark that begins a text is left to the model's own settings. */
	jinja: string;
}

/** Every turn is written alike: what opens it, its role, what follows the role, its text, what closes it. */
function alike(open: string, middle: string, close: string): string {
	const turn = (role: string) => `${open}${role}${middle}`;
	return (
		`{%- for message in messages -%}{{ ${quote(open)} + message.role + ${quote(middle)} + message.content + ${quote(close)} }}{%- endfor -%}` +
		`{%- if add_generation_prompt -%}{{ ${quote(turn('assistant'))} }}{%- endif -%}`
	);
}

/** For models without a place for the system prompt: it leads the first question. What opens and closes it there is given. */
function leading(lead: { open: string; close: string }, user: { open: string; close: string }, answer: { open: string; close: string }): string {
	return (
		`{%- set system = namespace(text='') -%}` +
		`{%- for message in messages -%}` +
		`{%- if message.role == 'system' -%}{%- set system.text = ${quote(lead.open)} + message.content + ${quote(lead.close)} -%}` +
		`{%- elif message.role == 'user' -%}{{ ${quote(user.open)} + system.text + message.content + ${quote(user.close)} }}{%- set system.text = '' -%}` +
		`{%- else -%}{{ ${quote(answer.open)} + message.content + ${quote(answer.close)} }}{%- endif -%}` +
		`{%- endfor -%}` +
		(answer.open === '' ? '' : `{%- if add_generation_prompt -%}{{ ${quote(answer.open)} }}{%- endif -%}`)
	);
}

/** Each role has a mark of its own. */
function marked(marks: { system: string; user: string; assistant: string }, close: { question: string; answer: string }): string {
	return (
		`{%- for message in messages -%}` +
		`{%- if message.role == 'system' -%}{{ ${quote(marks.system)} + message.content + ${quote(close.question)} }}` +
		`{%- elif message.role == 'user' -%}{{ ${quote(marks.user)} + message.content + ${quote(close.question)} }}` +
		`{%- else -%}{{ ${quote(marks.assistant)} + message.content + ${quote(close.answer)} }}{%- endif -%}` +
		`{%- endfor -%}` +
		`{%- if add_generation_prompt -%}{{ ${quote(marks.assistant)} }}{%- endif -%}`
	);
}

function quote(text: string): string {
	return `'${text.replaceAll('\n', '\\n')}'`;
}

/** The forms are those that the makers of the models publish with them; the texts are our own. */
export const templateFamilies: readonly TemplateFamily[] = [
	{
		name: 'chatml',
		needs: ['<|im_start|>', '<|im_end|>'],
		knows: ['<|endoftext|>'],
		jinja: alike('<|im_start|>', '\n', '<|im_end|>\n'),
	},
	{
		name: 'phi4',
		needs: ['<|im_start|>', '<|im_sep|>', '<|im_end|>'],
		knows: ['<|endoftext|>'],
		jinja: alike('<|im_start|>', '<|im_sep|>', '<|im_end|>'),
	},
	{
		name: 'llama3',
		needs: ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
		knows: ['<|begin_of_text|>', '<|python_tag|>', '<|eom_id|>', '<|end_of_text|>'],
		jinja: alike('<|start_header_id|>', '<|end_header_id|>\n\n', '<|eot_id|>'),
	},
	{
		name: 'phi3',
		needs: ['<|user|>', '<|assistant|>', '<|end|>'],
		knows: ['<|system|>', '<|endoftext|>'],
		jinja: alike('<|', '|>\n', '<|end|>\n'),
	},
	{
		name: 'zephyr',
		needs: ['<|user|>', '<|assistant|>', '</s>'],
		knows: ['<|system|>'],
		jinja: alike('<|', '|>\n', '</s>\n'),
	},
	{
		name: 'granite',
		needs: ['<|start_of_role|>', '<|end_of_role|>', '<|end_of_text|>'],
		knows: ['<|tool_call|>'],
		jinja: alike('<|start_of_role|>', '<|end_of_role|>', '<|end_of_text|>\n'),
	},
	{
		name: 'gemma',
		needs: ['<start_of_turn>', '<end_of_turn>'],
		knows: ['<bos>'],
		jinja: leading(
			{ open: '', close: '\n\n' },
			{ open: '<start_of_turn>user\n', close: '<end_of_turn>\n' },
			{ open: '<start_of_turn>model\n', close: '<end_of_turn>\n' },
		),
	},
	{
		name: 'llama2',
		needs: ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'],
		knows: ['<s>', '</s>'],
		jinja: leading({ open: '<<SYS>>\n', close: '\n<</SYS>>\n\n' }, { open: '[INST] ', close: ' [/INST]' }, { open: '', close: '</s>' }),
	},
	{
		name: 'mistral',
		needs: ['[INST]', '[/INST]'],
		knows: ['<s>', '</s>', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]', '[TOOL_CALLS]', '[TOOL_RESULTS]', '[/TOOL_RESULTS]'],
		jinja: leading({ open: '', close: '\n\n' }, { open: '[INST] ', close: '[/INST]' }, { open: '', close: '</s>' }),
	},
	{
		name: 'deepseek',
		needs: ['<｜User｜>', '<｜Assistant｜>'],
		knows: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>'],
		jinja: marked({ system: '', user: '<｜User｜>', assistant: '<｜Assistant｜>' }, { question: '', answer: '<｜end▁of▁sentence｜>' }),
	},
	{
		name: 'command',
		needs: ['<|START_OF_TURN_TOKEN|>', '<|END_OF_TURN_TOKEN|>', '<|USER_TOKEN|>', '<|CHATBOT_TOKEN|>'],
		knows: ['<|SYSTEM_TOKEN|>', '<BOS_TOKEN>'],
		jinja: marked(
			{
				system: '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>',
				user: '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>',
				assistant: '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
			},
			{ question: '<|END_OF_TURN_TOKEN|>', answer: '<|END_OF_TURN_TOKEN|>' },
		),
	},
];
