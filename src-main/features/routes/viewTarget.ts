import type { Deployment } from '#contract/engine.ts';
import type { TargetState, TargetView } from '#contract/routes.ts';
import type { BackendShelf } from './routes.ts';
import type { Target } from './Target.ts';

interface Around {
	backends: BackendShelf;
	/** Null: there is no such model any more. */
	modelName(modelId: string): string | null;
	deployments: readonly Deployment[];
}

/** A target as administrators see it. */
export function viewTarget(target: Target, { backends, modelName, deployments }: Around): TargetView {
	const { stored, breaker, active, answered, failed, failure } = target;
	const { source } = stored;
	const known = { ...stored, active, answered, failed, failure, retryAt: breaker.retryAt };
	if (source.kind === 'backend') {
		const server = backends.find(source.backendId);
		const state = server === null ? 'gone' : server.isEnabled ? (health(target) ?? 'ready') : 'off';
		return { ...known, name: source.model, serverName: server?.name ?? null, state, replicas: null };
	}
	const name = modelName(source.modelId);
	const copies = deployments.filter(({ modelId }) => modelId === source.modelId);
	const running = copies.filter(({ state }) => state === 'running').length;
	const isComing = copies.some(({ state, restartAt }) => state === 'starting' || state === 'loading' || restartAt !== null);
	const loaded: TargetState = running > 0 ? 'ready' : isComing ? 'loading' : 'unloaded';
	return {
		...known,
		...{ name: name ?? source.modelId, serverName: null, replicas: { running, all: copies.length } },
		state: name === null ? 'gone' : (health(target) ?? loaded),
	};
}

/** What its switch, its breaker and its last failure say; null where nothing is wrong. */
function health({ stored, breaker, failure }: Target): TargetState | null {
	if (!stored.isEnabled) return 'off';
	if (breaker.state === 'closed') return failure === null ? null : 'trying';
	return breaker.state === 'open' ? 'down' : 'trying';
}
