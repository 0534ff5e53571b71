import { StandardRPCJsonSerializer } from '@orpc/client/standard';

type Serialized = ReturnType<StandardRPCJsonSerializer['serialize']>;

/**
 * oRPC's serializer, which writes down what JSON cannot say. Most answers have nothing of that: they are looked through once and go as they are,
 * where it would copy every value of a class or of a long conversation.
 */
export class PlainFirstSerializer extends StandardRPCJsonSerializer {
	override serialize(...given: Parameters<StandardRPCJsonSerializer['serialize']>): Serialized {
		const [data, segments] = given;
		// It calls itself for the parts of what is not plain.
		return segments === undefined && isPlain(data) ? [data, [], [], []] : super.serialize(...given);
	}
}

/** Whether JSON says all of a value: text, finite numbers, truth, null, and lists and plain objects of these; what an object leaves undefined is not there. */
function isPlain(value: unknown): boolean {
	switch (typeof value) {
		case 'string':
		case 'boolean':
			return true;
		case 'number':
			return Number.isFinite(value);
		case 'object':
			if (value === null) return true;
			if (Array.isArray(value)) return value.every(isPlain);
			return Object.getPrototypeOf(value) === Object.prototype && isPlainObject(value);
		default:
			return false;
	}
}

function isPlainObject(object: object): boolean {
	return Object.entries(object).every(([name, value]) => name !== 'toJSON' && (value === undefined || isPlain(value)));
}
