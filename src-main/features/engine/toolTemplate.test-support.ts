/**
 * A ChatML template for the test model that writes calls as many models do, each after `mark`, and offers functions in the prompt where
 * `isTold`.
 */
export function toolTemplate(mark: string, isTold = true): string {
	const turn = (role: string, content: string) => `{{ '<|im_start|>' + ${role} + '\\n' + ${content} + '<|im_end|>\\n' }}`;
	const call = `{{ '${mark}\\n{"name": "' + call.function.name + '", "arguments": ' + (call.function.arguments | tojson) + '}' }}`;
	return [
		isTold ? `{% if tools %}${turn("'system'", '(tools | tojson)')}{% endif %}` : '{# tools #}',
		'{% for message in messages %}',
		`{% if message.role == 'tool' %}${turn("'tool'", 'message.content')}`,
		`{% elif message.tool_calls %}{{ '<|im_start|>assistant\\n' + (message.content or '') }}{% for call in message.tool_calls %}${call}{% endfor %}{{ '<|im_end|>\\n' }}`,
		`{% else %}${turn('message.role', 'message.content')}{% endif %}`,
		"{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
	].join('');
}
