import { createHash } from 'node:crypto';

/** A model of a server elsewhere. */
export interface RemoteModel {
	backendId: string;
	/** Where the server is. */
	endpoint: string;
	/** What the server calls it. */
	model: string;
}

/** How the ids begin under which answers of models elsewhere are kept. */
export const remotePrefix = 'backend:';

/** What stands for a model whose files nobody here sees: another server at another address may mean another by the same name. */
export function remoteIdentity(endpoint: string, model: string): string {
	return createHash('sha256')
		.update(JSON.stringify([endpoint, model]))
		.digest('hex');
}
