import { type ContractRouter, ValidationError } from '@orpc/contract';
import { type ImplementerInternalWithMiddlewares, implement, ORPCError, type RouterImplementer } from '@orpc/server';
import type { Logger } from 'pino';
import type { Role } from '#contract/accounts.ts';
import type { Requires } from '#contract/define.ts';
import { failure, isFailure } from '#contract/errors.ts';

/** Who is calling. It comes from the connection, never from an input. */
export interface Principal {
	accountId: string;
	role: Role;
	/** The browser session that the call came by; null in the desktop window. */
	sessionId: string | null;
}

/** What a transport hands in with each call. */
export interface CallContext {
	principal: Principal | null;
	requestId: string;
	log: Logger;
}

/** An issue names the keys it does not know, and a caller can make those as long as it likes. */
const longestIssue = 300;

const rank: Record<Requires, number> = { nobody: 0, viewer: 1, user: 2, admin: 3 };

/** The one place where rights are checked: null when `principal` may call what requires `requires`, else the failure to answer with. */
export function refusal(principal: Principal | null, requires: Requires) {
	if (requires === 'nobody') return null;
	if (principal === null) return failure('NOT_SIGNED_IN', {});
	return rank[principal.role] >= rank[requires] ? null : failure('FORBIDDEN', {});
}

/**
 * Begins the handlers of one feature: `handlersFor(contract.chat).router({…})`.
 *
 * Every handler made through it runs only for a caller with the right its procedure declares and an input its schema accepts;
 * whatever it throws, also in the middle of a stream, reaches the caller as a failure of the closed list (contract/errors.ts),
 * and a bug as `INTERNAL` with the request's id, logged whole. No handler is made any other way.
 */
export function handlersFor<Part extends ContractRouter<{ requires: Requires }>>(part: Part): Guarded<Part> {
	// oRPC cannot resolve its builder's type for a contract that is still a type parameter; `Guarded` is what it would be.
	const builder = implement(part as ContractRouter<{ requires: Requires }>) as unknown as RouterImplementer<typeof part, CallContext, CallContext>;
	return builder.use(async ({ context, procedure, path, next }) => {
		const { requires } = procedure['~orpc'].meta as { requires: Requires };
		const refused = refusal(context.principal, requires);
		if (refused) throw refused;
		try {
			// A procedure that requires `nobody` never looks at the account; every other has one here.
			const result = await next({ context: { principal: context.principal as Principal } });
			return isStream(result.output) ? { ...result, output: withAnswers(result.output, context, path) } : result;
		} catch (error) {
			throw toAnswer(error, context, path);
		}
	}) as unknown as Guarded<Part>;
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
		return failure('INVALID_INPUT', {
			issues: error.cause.issues.slice(0, 20).map((issue) => ({ path: dotted(issue.path), message: issue.message.slice(0, longestIssue) })),
		});
	}
	context.log.error({ err: error, procedure: path.join('.'), requestId: context.requestId }, 'a handler failed');
	return failure('INTERNAL', { requestId: context.requestId });
}

function dotted(path: readonly unknown[] | undefined): string {
	return (path ?? []).map((part) => String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part).slice(0, 100)).join('.');
}
