import { JSONPathEnvironment, JSONPathError } from 'json-p3';
import { failure } from '#contract/errors.ts';
import type { Value } from '../../../platform/formats/middle.ts';
import { plainOf, valueAt } from './plainOf.ts';

/** How deep `..` looks: as deep as any format may be. */
const environment = new JSONPathEnvironment({ maxRecursionDepth: 1_000 });

/** What a JSONPath (RFC 9535) finds in data, each value as it was written, with its digits. Throws JSONPATH_INVALID. */
export function selectValues(root: Value, path: string): Value[] {
	try {
		const found = environment.compile(path).query(plainOf(root) as never);
		return found.nodes.flatMap(({ location }) => valueAt(root, location) ?? []);
	} catch (error) {
		if (error instanceof JSONPathError) throw failure('JSONPATH_INVALID', { detail: error.message });
		throw error;
	}
}
