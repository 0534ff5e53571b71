import type { Principal } from '../../../platform/rpc/guard.ts';
import { type ApiTools, answered, on } from './apiTools.ts';

/** @param version of Homeroom. */
export function healthHandlers({ engine, health, version }: Pick<ApiTools, 'engine' | 'health' | 'version'>) {
	return on.health.router({
		check: on.health.check.handler(async ({ context }) => {
			// Nobody has to be anybody to ask.
			const principal: Principal | null = context.principal;
			const deployments = principal === null ? [] : engine.deployments(principal.accountId);
			const found = await health.look(deployments);
			const status = found.isWell ? ('ok' as const) : ('degraded' as const);
			const { uptimeSeconds, memoryBytes, eventLoopDelayMs, database, disk } = found;
			const system = {
				...{ version, uptime_seconds: uptimeSeconds, process: { memory_bytes: memoryBytes, event_loop_delay_ms: eventLoopDelayMs } },
				database: { is_ok: database.isOk, size_bytes: database.sizeBytes },
				disk: { is_ok: disk.isOk, free_bytes: disk.freeBytes, total_bytes: disk.totalBytes },
				deployments: deployments.map(({ id, modelName, state, activeRequests, memoryBytes: modelBytes, failure }) => ({
					...{ id, model: modelName, state, active_requests: activeRequests, memory_bytes: modelBytes, failure: failure?.code ?? null },
				})),
			};
			return answered({ status, system: principal?.role === 'admin' ? system : null }, status === 'ok' ? 'All is well.' : 'Something is not well.');
		}),
	});
}
