import { createHash } from 'node:crypto';
import type { OpenAPI } from '@orpc/openapi';

const style = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #383d45); --quiet: light-dark(#5b6470, #9aa4b1); --mark: light-dark(#1f5fa8, #8ab8ef); --back: light-dark(#f5f6f8, #1d2126); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; background: light-dark(#fff, #15181c); color: light-dark(#1b1f24, #e6e9ed); }
h1 { font-size: 1.75rem; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; text-transform: capitalize; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; } summary { padding: .5rem .75rem; cursor: pointer; display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
summary:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; } details > div { padding: 0 .75rem .75rem; border-top: 1px solid var(--line); }
code, pre { font: .875rem/1.5 ui-monospace, monospace; } pre { background: var(--back); border-radius: 8px; padding: .75rem; overflow-x: auto; }
.method { font-weight: 600; color: var(--mark); min-width: 3rem; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } td:nth-child(1) { width: 28%; overflow-wrap: anywhere; } td:nth-child(2) { width: 34%; overflow-wrap: anywhere; } td, th { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); } th { font-weight: 600; }
@media (max-width: 40rem) { body { padding: 1rem; } td, th, td:nth-child(n) { display: block; width: auto; border: 0; padding: 0 0 .125rem; } tr { display: block; border-bottom: 1px solid var(--line); padding: .375rem 0; } }
`;

/** Nothing runs on the page and nothing is fetched for it: its own style alone is let in, by what it is to the letter. */
export const docsPolicy = [
	`default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ');

type Schema = OpenAPI.SchemaObject;

/** A page for people that tells what the description of the API tells: every route, what goes in, what comes out and what it is refused with. */
export function docsPage(document: OpenAPI.Document): string {
	const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
		(['get', 'post'] as const).flatMap((method) => {
			const operation = item?.[method];
			return operation ? [{ method, path, operation }] : [];
		}),
	);
	const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? '');
	const sections = [...groups].map(([tag, ofTag]) => `<section><h2>${escaped(tag)}</h2>${ofTag.map(operationPart).join('')}</section>`);
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Homeroom: HTTP API</title><style>${style}</style></head>
<body><main>
<h1>Homeroom: HTTP API</h1>
${paragraphs(document.info.description ?? '')}
<p>For programs that write clients: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1), version ${escaped(document.info.version)}.</p>
<pre>curl -H "Authorization: Bearer $HOMEROOM_KEY" http://127.0.0.1:4610/api/v1/models</pre>
${sections.join('\n')}
</main></body>
</html>
`;
}

function operationPart({ method, path, operation }: { method: string; path: string; operation: OpenAPI.OperationObject }): string {
	const open = operation.security?.length === 0 ? ' <span class="quiet">without a credential</span>' : '';
	const body = contentSchema(operation.requestBody);
	const success = contentSchema(operation.responses?.['200']);
	const parameters = (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? [parameter] : []));
	const inputs = [
		...parameters.map(({ name, in: place, required, schema }) => fieldRow(name, schema as Schema, required === true, place)),
		...fieldRows(body, ''),
	];
	const refusals = Object.entries(operation.responses ?? {}).filter(([status]) => Number(status) >= 400);
	const codes = refusals.flatMap(([, response]) => codesOf(contentSchema(response)));
	return `<details><summary><span class="method">${method.toUpperCase()}</span><code>${escaped(path)}</code><span>${escaped(operation.summary ?? '')}</span>${open}</summary><div>
${paragraphs(operation.description ?? '')}
${inputs.length === 0 ? '' : `<h3>Goes in</h3>${table(inputs)}`}
<h3>Comes out, in <code>data</code></h3>${table(fieldRows(dataOf(success), ''))}
<h3>Refused with</h3><p>${codes.map((code) => `<code>${escaped(code)}</code>`).join(' ')}</p>
</div></details>`;
}

function table(rows: readonly string[]): string {
	return rows.length === 0 ? '<p class="quiet">Nothing.</p>' : `<table>${rows.join('')}</table>`;
}

/** The fields of an object, and of the objects in it, each with where it stands. */
function fieldRows(schema: Schema | undefined, before: string, depth = 0): string[] {
	const object = plain(schema);
	const required = new Set(object?.required ?? []);
	return Object.entries(object?.properties ?? {}).flatMap(([name, field]) => {
		const inner = plain(field as Schema);
		const items = inner && 'items' in inner ? plain(inner.items as Schema) : undefined;
		const at = `${before}${name}`;
		const deeper = depth < 2 ? [...fieldRows(inner, `${at}.`, depth + 1), ...fieldRows(items, `${at}[].`, depth + 1)] : [];
		return [fieldRow(at, field as Schema, required.has(name)), ...deeper];
	});
}

function fieldRow(name: string, schema: Schema | undefined, isRequired: boolean, place = ''): string {
	const facts = [place, isRequired ? '' : 'may be left out', limitsOf(schema)].filter((fact) => fact !== '').join('; ');
	return `<tr><td><code>${escaped(name)}</code></td><td>${escaped(typeOf(schema))}</td><td>${marked(schema?.description ?? '')} <span class="quiet">${escaped(facts)}</span></td></tr>`;
}

function typeOf(schema: Schema | undefined): string {
	if (!schema || Object.keys(schema).length === 0) return 'any';
	if ('const' in schema) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return [...new Set(choices.map((choice) => typeOf(choice as Schema)))].join(' | ');
	if (schema.type === 'array') return `list of ${typeOf(schema.items as Schema)}`;
	return schema.format ?? [schema.type ?? 'object'].flat().join(' | ');
}

function limitsOf(schema: Schema | undefined): string {
	if (!schema) return '';
	const { maxLength, default: usual } = schema;
	// Every whole number has the bounds of those that a computer counts exactly.
	const [least, most] = [schema.minimum, schema.maximum].map((bound) => (bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? null : bound));
	const range = least === null && most === null ? '' : most === null ? `at least ${least}` : `${least ?? '…'} to ${most}`;
	const length = maxLength === undefined ? '' : `at most ${maxLength} characters`;
	const given = usual === undefined || usual === '' || typeof usual === 'object' ? '' : `else ${JSON.stringify(usual)}`;
	return [range, length, given].filter((fact) => fact !== '').join('; ');
}

/** The object in a schema that may also be null. */
function plain(schema: Schema | undefined): Schema | undefined {
	const choices = (schema?.anyOf ?? schema?.oneOf) as Schema[] | undefined;
	return choices?.find((choice) => choice.properties !== undefined) ?? schema;
}

function dataOf(schema: Schema | undefined): Schema | undefined {
	return schema?.properties?.data as Schema | undefined;
}

function contentSchema(part: object | undefined): Schema | undefined {
	const content = part && 'content' in part ? (part.content as Record<string, { schema?: Schema }>) : undefined;
	return content?.['application/json']?.schema;
}

/** The codes of a refusal (openapi.ts). */
function codesOf(schema: Schema | undefined): string[] {
	const parts = (schema?.allOf ?? []) as Schema[];
	return parts.flatMap((part) => ((part.properties?.error as Schema | undefined)?.enum ?? []).map(String));
}

function paragraphs(text: string): string {
	return text
		.split('\n\n')
		.filter((part) => part !== '')
		.map((part) => `<p>${marked(part)}</p>`)
		.join('\n');
}

/** A text with its names in code. */
function marked(text: string): string {
	return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(text: string): string {
	const letters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return text.replace(/[&<>"']/g, (letter) => letters[letter] ?? letter);
}
