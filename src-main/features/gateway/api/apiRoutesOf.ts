import { type AnyContractRouter, isContractProcedure } from '@orpc/contract';
import type { Declared, Requires } from '#contract/define.ts';

/** One route of the API, as the server is to know it. */
export interface ApiRoute {
	/** The procedure, such as `api.models.chat`. */
	name: string;
	method: 'GET' | 'POST';
	/** As OpenAPI writes it: `/api/v1/models/{name}`. */
	path: string;
	requires: Requires;
	scopes: readonly string[];
}

/** All routes that a contract declares. Throws for a procedure that is none: what has no path of its own is not to be reached by chance. */
export function apiRoutesOf(contract: AnyContractRouter, name = ''): ApiRoute[] {
	if (!isContractProcedure(contract)) return Object.entries(contract).flatMap(([word, part]) => apiRoutesOf(part, name === '' ? word : `${name}.${word}`));
	const { route, meta } = contract['~orpc'];
	// Every procedure of ours is made with what it declares (define.ts).
	const { requires, scopes = [] } = meta as Declared;
	const { method, path } = route;
	if ((method !== 'GET' && method !== 'POST') || path === undefined) throw new Error(`${name} has no route`);
	return [{ name, method, path, requires, scopes }];
}
