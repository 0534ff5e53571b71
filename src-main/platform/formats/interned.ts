/**
 * The one copy that there is of a text: texts that come again and again, such as keys, are compared by where they are then, and hold nothing of the
 * source that they were cut out of.
 */
export function interned(text: string): string {
	// What is the name of a property is kept once by the engine.
	return Object.keys({ [text]: 0 })[0] ?? text;
}
