import { JSONPathEnvironment, JSONPathError } from 'json-p3';
import { failure } from '#contract/errors.ts';

/**
 * Whether a JSONPath takes of a list what it takes of each item by itself, so that the list need not be held: `$[*]…` and `$[?…]…`, with nothing
 * in a filter that looks at the whole (`$`). Throws JSONPATH_INVALID.
 */
export function isRecordPath(path: string): boolean {
	try {
		const [first] = new JSONPathEnvironment().compile(path).segments;
		const segment = first?.toString() ?? '';
		return segment === '[*]' || (first?.selectors.length === 1 && segment.startsWith('[?') && !path.slice(1).includes('$'));
	} catch (error) {
		if (error instanceof JSONPathError) throw failure('JSONPATH_INVALID', { detail: error.message });
		throw error;
	}
}
