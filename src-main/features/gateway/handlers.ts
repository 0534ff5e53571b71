import { contract } from '#contract/contract.ts';
import type { GatewaySettings } from '#contract/gateway.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Gateway } from './gateway.ts';

export function gatewayHandlers(gateway: Gateway) {
	const on = handlersFor(contract.gateway);
	return on.router({
		watch: on.watch.handler(({ signal }) => gateway.watch(signal)),
		change: on.change.handler(({ input: { opensToNetwork, ...changes } }) => {
			// zod's optional keys may be present and undefined: those are no changes.
			const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
			return gateway.change(named as Partial<GatewaySettings>, opensToNetwork);
		}),
		setCertificate: on.setCertificate.handler(({ input }) => gateway.setCertificate(input.own)),
	});
}
