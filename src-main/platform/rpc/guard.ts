import { type ContractRouter, ValidationError } from '@orpc/contract';
import { type ImplementerInternalWithMiddlewares, implement, ORPCError, type RouterImplementer } from '@orpc/server';
import type { Logger } from 'pino';
import type { Role } from '#contract/accounts.ts';
import type { Declared, Requires } from '#contract/define.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { invalidInput } from './invalidInput.ts';

/** Who is calling. It comes from the connection, never from an input. */
export interface Principal {
	accountId: string;
	role: Role;
	/** The session that the call came by; null for a key, and in a window that needs no sign-in. */
	sessionId: string | null;
	/** The key that the call came by. Then only the features in `scopes` are open to it, whatever the role. */
	key: { id: string; scopes: readonly string[] } | null;
}

/** One thing done or refused, as it goes into the audit log. It names things by their ids alone, never by what people wrote. */
export interface AuditRecord {
	accountId: string | null;
	/** The procedure, such as `accounts.create`, or a word for what is none. */
	act: string;
	subject: string | null;
	/** What of it was chosen, as `name=value` pairs: the key that the call came by, and the fields that the procedure declares. */
	detail?: string | null;
	/** `window`, an address, or `app` for what Homeroom does by itself. */
	origin: string;
	/** `ok`, or the code of the failure. */
	result: string;
}

/** What the guard asks and tells of the features behind it; app.ts puts it together. */
export interface Gate {
	/** Whether a model may be used by this account: one that it may not is as good as not there. */
	mayUseModel(principal: Principal, modelId: string): boolean;
	/** Writes down what was done or refused. It never throws: what it could not write it tells to the log and writes later. */
	record(entry: AuditRecord): void;
	/** Throws while something recorded before could still not be written down. */
	refuseUnrecorded(): void;
}

/** Where a caller sits that can be signed in and out while its connection stays: the desktop window. */
export interface Seat {
	take(sessionId: string): void;
	leave(): void;
}

/** What a transport hands in with each call. */
export interface CallContext {
	principal: Principal | null;
	requestId: string;
	log: Logger;
	gate: Gate;
	/** `window`, or the address that the call came from. */
	origin: string;
	seat: Seat | null;
}

/** An id is some 40 letters, and an act may be about several. */
const longestSubject = 400;
/** Ids, and names of ours. What claims to be one may be anything, since what a call was refused for is recorded too. */
const looksOurs = /^[\w#.:,/-]{1,100}$/;

const rank: Record<Requires, number> = { nobody: 0, viewer: 1, user: 2, admin: 3 };

/**
 * The one place where roles are checked: null when `principal` may call what requires `requires`, else the failure to answer with. A key must be
 * made for one of `scopes`.
 */
export function refusal(principal: Principal | null, requires: Requires, ...scopes: readonly string[]) {
	if (requires === 'nobody') return null;
	if (principal === null) return failure('NOT_SIGNED_IN', {});
	if (principal.key && !scopes.some((scope) => principal.key?.scopes.includes(scope))) return failure('FORBIDDEN', {});
	return rank[principal.role] >= rank[requires] ? null : failure('FORBIDDEN', {});
}

/**
 * Begins the handlers of one feature: `handlersFor(contract.chat).router({…})`.
 *
 * Every handler made through it runs only for a caller with the right its procedure declares, for a model that the caller may use, and
 * for an input its schema accepts; whatever it throws, also in the middle of a stream, reaches the caller as a failure of the closed
 * list (contract/errors.ts), and a bug as `INTERNAL` with the request's id, logged whole. No handler is made any other way.
 *
 * What the procedure declares as audited is recorded, however it ends, and nothing in it is free text of the caller's. It does not
 * begin while an earlier record could not be written; once it is done its caller gets the answer even where the record has to wait.
 */
export function handlersFor<Part extends ContractRouter<Declared>>(part: Part): Guarded<Part> {
	// oRPC cannot resolve its builder's type for a contract that is still a type parameter; `Guarded` is what it would be.
	const builder = implement(part as ContractRouter<Declared>) as unknown as RouterImplementer<typeof part, CallContext, CallContext>;
	return builder.use(async ({ context, procedure, path, next }, input: unknown) => {
		const declared = procedure['~orpc'].meta as Declared;
		try {
			refuse(context, declared, path[0], input);
			if (declared.audit !== undefined) context.gate.refuseUnrecorded();
			// A procedure that requires `nobody` never looks at the account; every other has one here.
			const result = await next({ context: { principal: context.principal as Principal } });
			record(context, declared, path, { input, output: result.output }, 'ok');
			return isStream(result.output) ? { ...result, output: withAnswers(result.output, context, path) } : result;
		} catch (error) {
			const answer = toAnswer(error, context, path);
			record(context, declared, path, { input, output: undefined }, answer.code);
			throw answer;
		}
	}) as unknown as Guarded<Part>;
}

function refuse({ principal, gate }: CallContext, { requires, model, scopes }: Declared, feature: string | undefined, input: unknown): void {
	const refused = refusal(principal, requires, ...(scopes ?? (feature === undefined ? [] : [feature])));
	if (refused) throw refused;
	const modelId = model === undefined ? undefined : fieldOf(input, model);
	if (principal !== null && modelId !== undefined && !gate.mayUseModel(principal, modelId)) throw failure('NOT_FOUND', { what: 'model' });
}

function record(
	{ principal, gate, origin }: CallContext,
	{ audit, auditFields = [] }: Declared,
	path: readonly string[],
	call: { input: unknown; output: unknown },
	result: string,
): void {
	// Who is not signed in could fill the log with refusals; the door tells of sign-ins by itself.
	if (audit === undefined || principal === null) return;
	const { accountId, key } = principal;
	const named = typeof audit === 'object' ? audit.fields.filter((field) => partOf(call.input, field) !== undefined) : null;
	if (named?.length === 0) return;
	const subject = named?.join() ?? subjectOf(audit, accountId, call) ?? null;
	const chosen = auditFields.flatMap((field) => {
		const value = chosenIn(call.input, field);
		return value === null ? [] : [`${field}=${value}`];
	});
	const detail = [...(key ? [`key=${key.id}`] : []), ...chosen].join(' ') || null;
	gate.record({ accountId, act: path.join('.'), subject, detail, origin, result });
}

function subjectOf(audit: Declared['audit'], accountId: string, { input, output }: { input: unknown; output: unknown }): string | undefined {
	if (audit === 'self') return accountId;
	if (audit === 'made') {
		const made = ['person', 'key', 'data'].map((name) => partOf(output, name)).find((part) => typeof part === 'object' && part !== null) ?? output;
		return fieldOf(made, 'id') ?? fieldOf(partOf(made, 'model'), 'id');
	}
	const named = partOf(input, String(audit));
	const ids = (Array.isArray(named) ? named : [named]).filter((id) => typeof id === 'string' && looksOurs.test(id));
	return ids.length > 0 ? ids.join().slice(0, longestSubject) : undefined;
}

/** A declared field of an input, such as `role` or `allowance.tokens`, in words that hold nothing of people's; null where it has none. */
function chosenIn(input: unknown, field: string): string | null {
	const value = field.split('.').reduce<unknown>((of, name) => (of === null ? null : partOf(of, name)), input);
	// A list of ids that is left open means all there are; anything else that is, that there is none.
	if (value === null) return /Ids?$/.test(field) ? 'every' : 'none';
	if (typeof value === 'boolean' || typeof value === 'number') return String(value);
	if (typeof value === 'string' && looksOurs.test(value)) return value;
	if (!Array.isArray(value)) return null;
	const list = value.every((item) => typeof item === 'string') ? value.join() : '';
	return looksOurs.test(list) ? list : `${value.length} of them`;
}

/** The text in a field of what may be anything. */
function fieldOf(value: unknown, name: string): string | undefined {
	const field = partOf(value, name);
	return typeof field === 'string' ? field : undefined;
}

function partOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

type Guarded<Part extends ContractRouter<{ requires: Requires }>> = ImplementerInternalWithMiddlewares<
	Part,
	CallContext,
	CallContext & { principal: Principal }
>;

function isStream(output: unknown): output is AsyncIterableIterator<unknown> {
	return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* withAnswers(stream: AsyncIterableIterator<unknown>, context: CallContext, path: readonly string[]) {
	try {
		yield* stream;
	} catch (error) {
		throw toAnswer(error, context, path);
	}
}

/** Turns what a handler threw into what its caller may see; bugs are logged whole and answered with the request's id alone. */
export function toAnswer(error: unknown, context: Pick<CallContext, 'requestId' | 'log'>, path: readonly string[]): ORPCError<string, unknown> {
	if (isFailure(error)) return error;
	if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
		return invalidInput(error.cause.issues);
	}
	context.log.error({ err: error, procedure: path.join('.'), requestId: context.requestId }, 'a handler failed');
	return failure('INTERNAL', { requestId: context.requestId });
}
