import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Accounts } from './accounts.ts';

export function accountsHandlers(accounts: Accounts) {
	const on = handlersFor(contract.accounts);
	return on.router({
		me: on.me.handler(({ context }) => accounts.get(context.principal.accountId)),
		rename: on.rename.handler(({ context, input }) => accounts.rename(context.principal.accountId, input.name)),
		signOut: on.signOut.handler(({ context }) => {
			if (context.principal.sessionId !== null) accounts.endSession(context.principal.sessionId);
		}),
	});
}
