import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorMap } from './errors.ts';

/**
 * Who may call a procedure. `nobody` needs no sign-in; every further word includes those before it.
 * It is declared here, checked in one middleware (src-main/platform/rpc/guard.ts); ownership is checked where the row is read.
 */
export type Requires = 'nobody' | 'viewer' | 'user' | 'admin';

/** What a procedure declares of itself beside its shapes; src-main/platform/rpc/guard.ts keeps it. */
export interface Declared {
	requires: Requires;
	/** What a key must be made for to call it, any of these; none: it is closed to keys. Left out: the feature that it is part of. */
	scopes?: readonly string[];
	/**
	 * Its calls go into the audit log, with what they were about: `self`: the caller; `made`: the id in its answer, or in the answer's
	 * `person`, `key` or `data`, or in the `model` of that; else the field of its input that names it. With `fields`, only those whose input names one of these, about those it
	 * names. Left out: they do not.
	 */
	audit?: string | { fields: readonly string[] };
	/** The fields of its input that the log tells too, such as `role` or `allowance.tokens`: choices, numbers and ids, no free text. */
	auditFields?: readonly string[];
	/** The field of its input that names a model: whoever may not use that model gets NOT_FOUND. */
	model?: string;
}

const base = oc.$meta<Declared>({ requires: 'admin' });

/**
 * Starts the description of one procedure: who may call it, which failures its caller must be ready for, and whether it is audited.
 *
 * A caller gets one of the declared codes, one of those every procedure may answer with (errors.ts, `everywhere`), or
 * `INTERNAL` with the request's id.
 */
export function procedure<const Codes extends ErrorCode = never>(requires: Requires, codes: readonly Codes[] = [], more: Omit<Declared, 'requires'> = {}) {
	return base.meta({ requires, ...more }).errors(errorMap(codes));
}

/** The fields of `object` that a change names: what is left out stays as it is, where zod's own `partial` would fill in the defaults. */
export function changesOf<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape>) {
	const fields = Object.entries(object.shape).map(([name, field]) => [name, z.optional(field instanceof z.ZodDefault ? field.unwrap() : field)]);
	// The loop keeps every name with its field's type and adds that it may be left out; TypeScript cannot follow a loop over keys.
	return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<Partial<z.output<z.ZodObject<Shape>>>, Partial<z.output<z.ZodObject<Shape>>>>;
}
