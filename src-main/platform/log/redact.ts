/** What stands in a log in the place of something that must not. */
export const redacted = '[redacted]';

/** Keys under which secrets and people's words travel, in lower case and without dashes and underscores. */
export const sensitiveKeys = [
	...['authorization', 'cookie', 'token', 'secret', 'password', 'passphrase', 'apikey', 'credential', 'credentials'],
	...[
		'prompt',
		'turns',
		'messages',
		'content',
		'text',
		'texts',
		'delta',
		'answer',
		'answers',
		'question',
		'feedback',
		'suggestions',
		'cells',
		'params',
		'body',
	],
] as const;

const sensitive: ReadonlySet<string> = new Set(sensitiveKeys);

/** `accessToken` and `x-api-key` are secrets; `promptTokens` is a count. */
const secretName = /authorization|cookie|secret|password|passphrase|apikey|privatekey|credential|token$/;

/** Keys that were judged before: the app's own are a few hundred. */
const judged = new Map<string, boolean>();
const mostJudged = 1000;
const longestJudged = 100;

const limits = { depth: 6, entries: 100, characters: 8_000 };

/**
 * Copies what is to be logged, without secrets and without people's words, whatever its depth, and bounded in size.
 *
 * It goes by the names of keys: a secret inside a message's text is not found. Errors are described with their causes.
 */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
	return copyFields(fields, 0);
}

/** Takes away the values that drizzle appends to the message of a failed query. They may hold any text, so all to the end goes. */
export function dropParameters(message: unknown): unknown {
	return typeof message === 'string' ? clip(message.replace(/(Failed query:[\s\S]*?\nparams: )[\s\S]*$/, `$1${redacted}`)) : message;
}

function copyFields(fields: object, depth: number): Record<string, unknown> {
	const copy: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(fields).slice(0, limits.entries)) {
		copy[key] = isSensitive(key) && value !== null && value !== undefined ? redacted : copyValue(value, depth + 1);
	}
	return copy;
}

function copyValue(value: unknown, depth: number): unknown {
	if (typeof value === 'string') return clip(value);
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > limits.depth) return '[deeper]';
	if (value instanceof Error) return describeError(value, depth);
	if (value instanceof Date) return value;
	if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
	if (Array.isArray(value)) return value.slice(0, limits.entries).map((entry) => copyValue(entry, depth + 1));
	return copyFields(value, depth);
}

function describeError(error: Error, depth: number): Record<string, unknown> {
	return {
		...copyFields(error, depth),
		type: error.name,
		message: dropParameters(error.message),
		// The frames alone: a stack begins with the message.
		stack: clip(
			(error.stack ?? '')
				.replace(error.message, '')
				.replace(/^[\s\S]*?(?=\n {4}at )/, '')
				.trimStart(),
		),
		...(error.cause === undefined ? {} : { cause: copyValue(error.cause, depth + 1) }),
		...(error instanceof AggregateError ? { errors: copyValue(error.errors, depth + 1) } : {}),
	};
}

function isSensitive(key: string): boolean {
	const known = judged.get(key);
	if (known !== undefined) return known;
	const name = key.toLowerCase().replaceAll(/[-_]/g, '');
	const verdict = sensitive.has(name) || secretName.test(name);
	if (judged.size < mostJudged && key.length <= longestJudged) judged.set(key, verdict);
	return verdict;
}

function clip(text: string): string {
	return text.length <= limits.characters ? text : `${text.slice(0, limits.characters)}… (${text.length} characters)`;
}
