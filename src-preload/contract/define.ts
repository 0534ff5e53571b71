import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorMap } from './errors.ts';

/**
 * Who may call a procedure. `nobody` needs no sign-in; every further word includes those before it.
 * It is declared here, checked in one middleware (src-main/platform/rpc/guard.ts); ownership is checked where the row is read.
 */
export type Requires = 'nobody' | 'viewer' | 'user' | 'admin';

const base = oc.$meta<{ requires: Requires }>({ requires: 'admin' });

/**
 * Starts the description of one procedure: who may call it and which failures its caller must be ready for.
 *
 * A caller gets one of the declared codes, one of those every procedure may answer with (errors.ts, `everywhere`), or
 * `INTERNAL` with the request's id.
 */
export function procedure<const Codes extends ErrorCode = never>(requires: Requires, codes: readonly Codes[] = []) {
	return base.meta({ requires }).errors(errorMap(codes));
}

/** The fields of `object` that a change names: what is left out stays as it is, where zod's own `partial` would fill in the defaults. */
export function changesOf<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape>) {
	const fields = Object.entries(object.shape).map(([name, field]) => [name, z.optional(field instanceof z.ZodDefault ? field.unwrap() : field)]);
	// The loop keeps every name with its field's type and adds that it may be left out; TypeScript cannot follow a loop over keys.
	return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<Partial<z.output<z.ZodObject<Shape>>>, Partial<z.output<z.ZodObject<Shape>>>>;
}
