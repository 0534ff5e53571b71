import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { openSocket } from '../../src-renderer/rpc/openSocket.ts';
import type { IpcPage, ipcContract } from '../ipcContract.ts';

const transport = await openSocket();
if (typeof transport === 'string') throw new Error(transport);
const client: ContractRouterClient<typeof ipcContract> = createORPCClient(transport.link);

const page: IpcPage = {
	async calls(count) {
		const times: number[] = [];
		for (let value = 0; value < count; value++) {
			const startedAt = performance.now();
			await client.bench.echo({ value });
			times.push(performance.now() - startedAt);
		}
		return times;
	},
	async pieces(count, everyMs) {
		const lags: number[] = [];
		const startedAt = performance.now();
		let inOrder = true;
		for await (const { seq, sentAt } of await client.bench.pieces({ count, everyMs })) {
			lags.push(performance.timeOrigin + performance.now() - sentAt);
			if (seq !== lags.length) inOrder = false;
		}
		return { lags, totalMs: performance.now() - startedAt, inOrder };
	},
	async follow(messageId) {
		let seen = 0;
		for await (const _piece of await client.chat.watch({ messageId })) seen++;
		return seen;
	},
	loopDelay: () => client.bench.loopDelay(),
};
Object.assign(globalThis, { ipcPage: page });
