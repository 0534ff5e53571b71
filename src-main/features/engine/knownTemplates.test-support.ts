/** A chat template of models that many people use, and how these write a call of `get_weather` with `{"city": "Ulm"}`, as their makers describe it. */
export interface KnownTemplate {
	family: string;
	/** Where the form is described. */
	source: string;
	jinja: string;
	/** All that the engine has the model write for one call; `ARGUMENTS` stands for the JSON of its arguments. */
	call: string;
	/** A token that the models have, by which their own form is chosen. */
	token?: string;
}

const lines = (...parts: string[]) => parts.join('\n');

/** `<|im_start|>` turns with Hermes' form of tools, which Qwen's models since 2.5 are trained for; `system` is what they are told where nobody says anything else. */
const qwen = (system: string, opening: string) =>
	lines(
		`{%- set said = messages[0].content if messages[0].role == 'system' else '${system}' -%}`,
		"{%- if tools -%}{{- '<|im_start|>system\\n' + said + '\\n\\n# Tools\\n\\nYou may call one or more functions to assist with the user query.\\n\\nYou are provided with function signatures within <tools></tools> XML tags:\\n<tools>' -}}",
		"{%- for tool in tools -%}{{- '\\n' + (tool | tojson) -}}{%- endfor -%}",
		'{{- \'\\n</tools>\\n\\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\\n<tool_call>\\n{"name": <function-name>, "arguments": <args-json-object>}\\n</tool_call><|im_end|>\\n\' -}}',
		"{%- elif said -%}{{- '<|im_start|>system\\n' + said + '<|im_end|>\\n' -}}{%- endif -%}",
		'{%- for message in messages -%}',
		"{%- if message.role == 'user' or (message.role == 'system' and not loop.first) -%}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}",
		"{%- elif message.role == 'assistant' -%}{{- '<|im_start|>assistant\\n' + (message.content or '') -}}",
		"{%- for call in message.tool_calls or [] -%}{%- if not loop.first or message.content -%}{{- '\\n' -}}{%- endif -%}{%- if call.function -%}{%- set call = call.function -%}{%- endif -%}",
		'{{- \'<tool_call>\\n{"name": "\' + call.name + \'", "arguments": \' -}}{{- call.arguments if call.arguments is string else (call.arguments | tojson) -}}{{- \'}\\n</tool_call>\' -}}{%- endfor -%}',
		"{{- '<|im_end|>\\n' -}}",
		"{%- elif message.role == 'tool' -%}{%- if loop.first or messages[loop.index0 - 1].role != 'tool' -%}{{- '<|im_start|>user' -}}{%- endif -%}",
		"{{- '\\n<tool_response>\\n' + message.content + '\\n</tool_response>' -}}{%- if loop.last or messages[loop.index0 + 1].role != 'tool' -%}{{- '<|im_end|>\\n' -}}{%- endif -%}",
		'{%- endif -%}{%- endfor -%}',
		`{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n${opening}' -}}{%- endif -%}`,
	);
const qwenCall = '<tool_call>\n{"name": "get_weather", "arguments": ARGUMENTS}\n</tool_call>';

const llama = lines(
	'{{- bos_token -}}',
	"{%- if messages[0].role == 'system' -%}{%- set said = messages[0].content -%}{%- set messages = messages[1:] -%}{%- else -%}{%- set said = '' -%}{%- endif -%}",
	"{{- '<|start_header_id|>system<|end_header_id|>\\n\\n' -}}{%- if tools -%}{{- 'Environment: ipython\\n' -}}{%- endif -%}",
	"{{- 'Cutting Knowledge Date: December 2023\\nToday Date: 26 Jul 2024\\n\\n' + said + '<|eot_id|>' -}}",
	"{%- for message in messages -%}{%- if loop.first and tools and message.role == 'user' -%}",
	'{{- \'<|start_header_id|>user<|end_header_id|>\\n\\nGiven the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.\\n\\nRespond in the format {"name": function name, "parameters": dictionary of argument name and its value}. Do not use variables.\\n\\n\' -}}',
	"{%- for tool in tools -%}{{- (tool | tojson) + '\\n\\n' -}}{%- endfor -%}{{- message.content + '<|eot_id|>' -}}",
	"{%- elif message.tool_calls -%}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' + '{\"name\": \"' + message.tool_calls[0].function.name + '\", \"parameters\": ' + (message.tool_calls[0].function.arguments | tojson) + '}<|eot_id|>' -}}",
	"{%- elif message.role == 'tool' -%}{{- '<|start_header_id|>ipython<|end_header_id|>\\n\\n' + (message.content | tojson) + '<|eot_id|>' -}}",
	"{%- else -%}{{- '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' + (message.content | trim) + '<|eot_id|>' -}}{%- endif -%}{%- endfor -%}",
	"{%- if add_generation_prompt -%}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}{%- endif -%}",
);

const mistral = lines(
	"{%- if messages[0].role == 'system' -%}{%- set said = messages[0].content -%}{%- set messages = messages[1:] -%}{%- else -%}{%- set said = '' -%}{%- endif -%}",
	'{{- bos_token -}}{%- for message in messages -%}',
	"{%- if message.role == 'user' -%}{%- set last = message == (messages | selectattr('role', 'equalto', 'user') | list)[-1] -%}{%- if last and tools -%}{{- '[AVAILABLE_TOOLS] ' + (tools | tojson) + '[/AVAILABLE_TOOLS]' -}}{%- endif -%}",
	"{{- '[INST] ' + (said + '\\n\\n' if last and said else '') + message.content + '[/INST]' -}}",
	"{%- elif message.tool_calls -%}{{- '[TOOL_CALLS] [' -}}{%- for call in message.tool_calls -%}{{- '{\"name\": \"' + call.function.name + '\", \"arguments\": ' + (call.function.arguments | tojson) + '}' -}}{%- if not loop.last -%}{{- ', ' -}}{%- endif -%}{%- endfor -%}{{- ']' + eos_token -}}",
	"{%- elif message.role == 'tool' -%}{{- '[TOOL_RESULTS] {\"content\": ' + (message.content | tojson) + '}[/TOOL_RESULTS]' -}}",
	"{%- else -%}{{- ' ' + message.content + eos_token -}}{%- endif -%}{%- endfor -%}",
);

const seed = lines(
	'{%- for message in messages -%}{%- if loop.first and tools -%}',
	"{{- '<seed:bos>system\\nYou are Doubao, a helpful AI assistant. You may call one or more functions to assist with the user query.\\n' -}}{%- for tool in tools -%}{{- (tool | tojson) + '\\n' -}}{%- endfor -%}{{- '<seed:eos>' -}}{%- endif -%}",
	"{%- if message.tool_calls -%}{{- '<seed:bos>assistant\\n' + (message.content or '') -}}{%- for call in message.tool_calls -%}",
	"{{- '<seed:tool_call>\\n<function=' + call.function.name + '>\\n' -}}{%- for name, value in call.function.arguments.items() -%}{{- '<parameter=' + name + '>' + (value if value is string else (value | tojson)) + '</parameter>\\n' -}}{%- endfor -%}{{- '</function>\\n</seed:tool_call>' -}}{%- endfor -%}{{- '<seed:eos>' -}}",
	"{%- else -%}{{- '<seed:bos>' + message.role + '\\n' + message.content + '<seed:eos>' -}}{%- endif -%}{%- endfor -%}",
	"{%- if add_generation_prompt -%}{{- '<seed:bos>assistant\\n' -}}{%- endif -%}",
);

/** Written anew after what the makers tell of each form. */
export const knownTemplates: KnownTemplate[] = [
	{
		family: 'Qwen 2.5',
		source: 'https://qwen.readthedocs.io/en/v2.5/framework/function_call.html',
		jinja: qwen('You are Qwen, created by Alibaba Cloud. You are a helpful assistant.', ''),
		call: qwenCall,
	},
	{
		family: 'Qwen 3',
		source: 'https://qwen.readthedocs.io/en/latest/framework/function_call.html',
		jinja: qwen('', '<think>\\n\\n</think>\\n\\n'),
		call: qwenCall,
	},
	{
		family: 'Llama 3.1',
		// Of the two forms that are described, the one that has a mark of its own.
		source: 'https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_1/#user-defined-custom-tool-calling',
		jinja: llama,
		call: '<function=get_weather>ARGUMENTS</function><|eom_id|>',
		token: '<|eom_id|>',
	},
	{
		family: 'Mistral',
		source: 'https://docs.mistral.ai/cookbooks/concept-deep-dive-tokenization-tool_calling',
		jinja: mistral,
		call: '[TOOL_CALLS] [{"name": "get_weather", "arguments": ARGUMENTS}',
	},
	{
		family: 'Seed',
		source: 'https://huggingface.co/ByteDance-Seed/Seed-OSS-36B-Instruct',
		jinja: seed,
		// Its own has a parameter for each argument, and no JSON: all of them are told in one.
		call: '<seed:tool_call>\n<function=get_weather>\n<parameter=params>ARGUMENTS</parameter>\n</function>\n</seed:tool_call>',
	},
];
