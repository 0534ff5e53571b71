import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Outbound } from './outbound.ts';

export function outboundHandlers(outbound: Outbound) {
	const on = handlersFor(contract.outbound);
	return on.router({
		list: on.list.handler(({ input }) => outbound.list(input)),
		hosts: on.hosts.handler(() => outbound.hosts()),
		exportCsv: on.exportCsv.handler(({ input }) => outbound.exportCsv(input)),
	});
}
