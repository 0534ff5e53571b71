/**
 * Fills `{{name}}`, and keeps `{{#name}}…{{/name}}` on lines of their own only where there is a value.
 *
 * Both are done in one pass each over the template, so that braces in a value stay what they are.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
	const kept = template.replace(/^\{\{#(\w+)\}\}\n([\s\S]*?)^\{\{\/\1\}\}\n/gm, (_, name: string, inner: string) => (values[name] ? inner : ''));
	return kept.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
