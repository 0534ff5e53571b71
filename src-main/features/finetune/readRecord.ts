import type { DatasetForm, ExampleTurn } from '#contract/finetune.ts';
import { type Refusal, refusal } from './checkTurns.ts';

/** A chat as a record tells it, and the field of each of its turns. */
export interface ReadRecord {
	form: DatasetForm;
	turns: ExampleTurn[];
	fields: string[];
}

/** The words by which files of the field call what the forms need, the commonest first. */
const words = {
	messages: ['messages', 'conversations', 'conversation', 'chat'],
	instruction: ['instruction'],
	context: ['input', 'context'],
	prompt: ['prompt', 'question', 'query', 'source', 'input', 'user'],
	answer: ['completion', 'output', 'response', 'answer', 'target', 'assistant', 'chosen'],
	role: ['role', 'from'],
	content: ['content', 'value', 'text'],
} as const;

const roles = new Map<string, ExampleTurn['role']>([
	...['system', 'developer'].map((word) => [word, 'system'] as const),
	...['user', 'human', 'prompter', 'question'].map((word) => [word, 'user'] as const),
	...['assistant', 'gpt', 'bot', 'model', 'chatgpt', 'answer'].map((word) => [word, 'assistant'] as const),
]);

/**
 * Reads a chat from one value of a JSON file, in whichever of the usual forms it is: `messages` (also ShareGPT's `conversations`, or the
 * list alone), Alpaca's `instruction`, `input` and `output`, or a prompt with its completion under any of their names.
 *
 * The value may be anything: only fields of its own are looked at, and what is not as it should be is a refusal that names the field.
 */
export function readRecord(value: unknown): ReadRecord | Refusal {
	if (Array.isArray(value)) return readMessages(value, '');
	if (typeof value !== 'object' || value === null) return refusal('unknownShape', null, kindOf(value));
	const messages = find(value, words.messages);
	if (messages !== null) return withSystem(value, readList(messages.value, messages.name));
	if (find(value, words.instruction) !== null) return withSystem(value, readAlpaca(value));
	if (find(value, words.prompt) !== null || find(value, words.answer) !== null) return withSystem(value, readPrompt(value));
	return refusal('unknownShape', null, keysOf(value));
}

function readList(list: unknown, name: string): ReadRecord | Refusal {
	return Array.isArray(list) ? readMessages(list, name) : refusal('notAList', name, kindOf(list));
}

function readMessages(list: readonly unknown[], name: string): ReadRecord | Refusal {
	const turns: ExampleTurn[] = [];
	const fields: string[] = [];
	// One more than there may be is enough to be told that it is too many.
	for (const [index, message] of list.slice(0, 1000).entries()) {
		const field = `${name}[${index}]`;
		const role = find(message, words.role);
		const content = find(message, words.content);
		if (role === null) return refusal('missingField', `${field}.role`, keysOf(message));
		if (content === null) return refusal('missingField', `${field}.content`, keysOf(message));
		const known = typeof role.value === 'string' ? roles.get(role.value.toLowerCase()) : undefined;
		if (known === undefined) return refusal('badRole', `${field}.${role.name}`, typeof role.value === 'string' ? role.value : kindOf(role.value));
		const text = textOf(content.value);
		if (text === null) return refusal('wrongType', `${field}.${content.name}`, kindOf(content.value));
		turns.push({ role: known, content: text });
		fields.push(`${field}.${content.name}`);
	}
	return { form: 'messages', turns, fields };
}

function readAlpaca(record: object): ReadRecord | Refusal {
	const instruction = readText(record, words.instruction);
	if ('code' in instruction) return instruction;
	const context = find(record, words.context) === null ? null : readText(record, words.context);
	if (context && 'code' in context) return context;
	const answer = readText(record, words.answer);
	if ('code' in answer) return answer;
	// As Alpaca's own prompt has it: what to do, then what to do it with.
	const content = [instruction.text, context?.text ?? ''].filter((text) => text.trim() !== '').join('\n\n');
	return {
		form: 'alpaca',
		turns: [
			{ role: 'user', content },
			{ role: 'assistant', content: answer.text },
		],
		fields: [instruction.name, answer.name],
	};
}

function readPrompt(record: object): ReadRecord | Refusal {
	const sides = [readSide(record, words.prompt, 'user'), readSide(record, words.answer, 'assistant')];
	const wrong = sides.find((side) => 'code' in side);
	if (wrong && 'code' in wrong) return wrong;
	const read = sides.flatMap((side) => ('code' in side ? [] : [side]));
	return { form: 'prompt', turns: read.flatMap(({ turns }) => turns), fields: read.flatMap(({ fields }) => fields) };
}

/** The text of a prompt or its answer; each may be a list of messages, too. */
function readSide(record: object, names: readonly string[], role: ExampleTurn['role']): ReadRecord | Refusal {
	const found = find(record, names);
	if (found !== null && Array.isArray(found.value)) return readMessages(found.value, found.name);
	const read = readText(record, names);
	return 'code' in read ? read : { form: 'prompt', turns: [{ role, content: read.text }], fields: [read.name] };
}

/** A system prompt that stands beside the rest goes before it. */
function withSystem(record: object, read: ReadRecord | Refusal): ReadRecord | Refusal {
	const system = find(record, ['system', 'system_prompt']);
	if ('code' in read || system === null || system.value === null) return read;
	const text = textOf(system.value);
	if (text === null) return refusal('wrongType', system.name, kindOf(system.value));
	return { ...read, turns: [{ role: 'system', content: text }, ...read.turns], fields: [system.name, ...read.fields] };
}

function readText(record: object, names: readonly string[]): { name: string; text: string } | Refusal {
	const found = find(record, names);
	if (found === null) return refusal('missingField', names[0] ?? null, keysOf(record));
	const text = textOf(found.value);
	return text === null ? refusal('wrongType', found.name, kindOf(found.value)) : { name: found.name, text };
}

/** A text, or one that comes in parts as some services write it. */
function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (!Array.isArray(value) || value.length === 0) return null;
	const parts = value.map((part) => (find(part, ['type'])?.value === 'text' ? find(part, ['text'])?.value : null));
	return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
}

/** The first of these fields that a value has of its own, whatever case it is written in. */
function find(value: unknown, names: readonly string[]): { name: string; value: unknown } | null {
	if (typeof value !== 'object' || value === null) return null;
	for (const name of names) {
		for (const spelling of [name, `${name[0]?.toUpperCase()}${name.slice(1)}`]) {
			if (Object.hasOwn(value, spelling)) return { name: spelling, value: Reflect.get(value, spelling) };
		}
	}
	return null;
}

/** What is there in place of what is looked for. */
function keysOf(value: unknown): string {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return kindOf(value);
	return Object.keys(value).slice(0, 20).join(', ');
}

function kindOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
