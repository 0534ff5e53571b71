/** The path that was typed or pasted: without the blanks around it, and without the quotes that file managers put there. */
export function readPath(typed: string): string {
	return typed.trim().replace(/^"(.*)"$/, '$1');
}
