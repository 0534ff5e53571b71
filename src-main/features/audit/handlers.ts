import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Audit } from './audit.ts';

export function auditHandlers(audit: Audit) {
	const on = handlersFor(contract.audit);
	return on.router({
		list: on.list.handler(({ input }) => audit.list(input)),
		verify: on.verify.handler(() => audit.verify()),
		exportCsv: on.exportCsv.handler(({ input }) => audit.exportCsv(input)),
	});
}
