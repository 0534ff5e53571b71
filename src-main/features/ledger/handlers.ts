import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Ledger } from './ledger.ts';

export function ledgerHandlers(ledger: Ledger) {
	const on = handlersFor(contract.ledger);
	return on.router({
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* ledger.watch(context.principal.accountId, signal);
		}),
		statement: on.statement.handler(({ context, input }) => ledger.statement(context.principal.accountId, input)),
		exportStatement: on.exportStatement.handler(({ context, input }) => ledger.exportStatement(context.principal.accountId, input)),
		balances: on.balances.handler(() => ledger.balances()),
		statementOf: on.statementOf.handler(({ input: { accountId, ...filter } }) => ledger.statement(accountId, filter)),
		exportStatementOf: on.exportStatementOf.handler(({ input: { accountId, ...filter } }) => ledger.exportStatement(accountId, filter)),
		topUp: on.topUp.handler(({ input }) => ledger.topUp(input.accountId, input.requestId, input.tokens)),
		setAllowance: on.setAllowance.handler(({ input }) => ledger.setAllowance(input.accountId, input)),
		prices: on.prices.handler(() => ledger.prices()),
		setPrice: on.setPrice.handler(({ input }) => ledger.setPrice(input)),
		use: on.use.handler(({ input }) => ledger.use(input)),
		exportUse: on.exportUse.handler(({ input }) => ledger.exportUse(input)),
	});
}
