import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { type ChatTurn, mostCalls, type OfferedTools, type ToolCall } from '../../engine/engine.ts';
import { answerSchema } from './answerSchema.ts';
import { looseSchema } from './looseSchema.ts';

const longestText = 4_000_000;
const functionName = z.string().regex(/^[\w-]{1,64}$/, 'A name is 1 to 64 letters, digits, "_" and "-".');

/** What a message of an assistant asked for. */
export const askedCalls = z
	.array(
		z.strictObject({
			id: z.string().min(1).max(200),
			type: z.literal('function', 'Only functions can be called.'),
			function: z.strictObject({ name: functionName, arguments: z.string().max(longestText) }),
			index: z.number().optional(),
		}),
	)
	.max(mostCalls);

export const toolFields = {
	tools: z
		.array(
			z.strictObject({
				type: z.literal('function', 'Only functions can be called.'),
				function: z.strictObject({
					name: functionName,
					description: z.string().max(100_000).nullish(),
					parameters: z.record(z.string(), z.json()).nullish(),
					strict: z.boolean().nullish(),
				}),
			}),
		)
		.max(mostCalls, `At most ${mostCalls} functions are offered at once.`)
		.nullish(),
	tool_choice: z
		.union(
			[z.enum(['none', 'auto', 'required']), z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: functionName }) })],
			'This is "none", "auto", "required", or a function by its name.',
		)
		.nullish(),
	parallel_tool_calls: z.boolean().nullish(),
};
const toolShape = z.object(toolFields);

/**
 * Reads what a model may call, or must; undefined where that is nothing.
 *
 * A function that says it is `strict` has a schema that a grammar can keep whole, or is refused; of the others, the arguments are held to as much of
 * it as can be kept, and the model reads the rest. Throws INVALID_INPUT.
 */
export function readTools({ tools, tool_choice: choice, parallel_tool_calls: isParallel }: z.output<typeof toolShape>): OfferedTools | undefined {
	if (!tools || tools.length === 0) {
		if (choice && choice !== 'none' && choice !== 'auto') refuse('tool_choice', 'There are no tools to choose from.');
		return undefined;
	}
	const names = tools.map(({ function: { name } }) => name);
	const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
	if (twice >= 0) refuse(`tools.${twice}.function.name`, 'Another function has this name.');
	if (typeof choice === 'object' && choice && !names.includes(choice.function.name))
		refuse('tool_choice.function.name', 'There is no such function among the tools.');
	if (choice === 'none') return undefined;
	return {
		functions: tools.map(({ function: { name, description, parameters, strict } }, at) => {
			const schema = parameters ?? { type: 'object', properties: {} };
			return { name, description: description ?? '', schema, form: formOf(schema, strict === true, `tools.${at}.function.parameters`) };
		}),
		choice: typeof choice === 'object' && choice ? { name: choice.function.name } : (choice ?? 'auto'),
		isParallel: isParallel !== false,
	};
}

function formOf(schema: OfferedTools['functions'][number]['schema'], isStrict: boolean, path: string): OfferedTools['functions'][number]['form'] {
	const form = isStrict ? answerSchema(schema, path) : looseSchema(schema, path);
	if (!('type' in form) || form.type !== 'object') return refuse(path, 'The arguments of a function are an object: its schema needs "type": "object".');
	const takesNothing = Object.keys(Object(form.properties)).length === 0 && form.additionalProperties === false;
	return takesNothing ? null : form;
}

/** A message as the model reads it, and where calls were asked for, their ids. */
export interface SaidMessage {
	turn: ChatTurn;
	calls: z.output<typeof askedCalls>;
	/** What this message answers; null where it is none of a tool. */
	answers: string | null;
}

/**
 * Puts what tools answered to the calls that asked for it. Each call is answered by one message of a tool, after that which asked and before
 * anybody else speaks. Throws INVALID_INPUT with the place of what is missing or left over.
 */
export function joinCalls(messages: readonly SaidMessage[]): ChatTurn[] {
	const turns: ChatTurn[] = [];
	for (let at = 0; at < messages.length; at++) {
		const message = messages[at];
		if (!message) break;
		if (message.answers !== null) refuse(`messages.${at}.tool_call_id`, 'No call of the message before has this id, or it is answered already.');
		const { turn, calls } = message;
		if (calls.length === 0) {
			turns.push(turn);
			continue;
		}
		const asker = at;
		const results = new Map<string, string>();
		const isOpen = (id: string) => calls.some((call) => call.id === id) && !results.has(id);
		for (let next = messages[at + 1]; next?.answers != null && isOpen(next.answers); next = messages[at + 1]) {
			results.set(next.answers, next.turn.content);
			at++;
		}
		turns.push({ ...turn, calls: calls.map((call, n) => answered(call, results.get(call.id), `messages.${asker}.tool_calls.${n}`)) });
	}
	return turns;
}

function answered(call: z.output<typeof askedCalls>[number], result: string | undefined, path: string): ToolCall {
	if (result === undefined) return refuse(path, 'A message with the role "tool" and this "tool_call_id" must follow.');
	const { name, arguments: given } = call.function;
	// Models that have nothing to say say nothing.
	const whole = given.trim() === '' ? '{}' : given;
	if (!isJsonObject(whole)) refuse(`${path}.function.arguments`, 'This must be the text of a JSON object.');
	return { name, arguments: whole, result };
}

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}

function refuse(path: string, message: string): never {
	throw failure('INVALID_INPUT', { issues: [{ path, message }] });
}
