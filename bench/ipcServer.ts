// The process that the benches `ipc` and `signin` measure: the whole app behind its real browser host, with procedures of theirs beside
// its own.
// usage: node bench/ipcServer.ts DATA_FOLDER PAGE_FOLDER
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { failure } from '#contract/errors.ts';
import { createApp } from '../src-main/app.ts';
import { openRendererFiles } from '../src-main/platform/http/rendererFiles.ts';
import { startWebHost } from '../src-main/platform/http/webHost.ts';
import { createLog } from '../src-main/platform/log/createLog.ts';
import { resolvePaths } from '../src-main/platform/paths/paths.ts';
import { handlersFor, type Principal } from '../src-main/platform/rpc/guard.ts';
import { ipcContract } from './ipcContract.ts';

const [dataFolder, pageFolder = ''] = process.argv.slice(2);
const paths = resolvePaths({ dataFolder });
const { log } = createLog({ folder: paths.logs });
const app = createApp({ paths, log, host: { kind: 'browser', version: '0' } });

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const on = handlersFor(ipcContract.bench);
const bench = on.router({
	echo: on.echo.handler(({ input }) => input.value),
	openEcho: on.openEcho.handler(({ input }) => input.value),
	pieces: on.pieces.handler(async function* ({ input }) {
		for (let seq = 1; seq <= input.count; seq++) {
			if (input.everyMs > 0) await setTimeout(input.everyMs);
			yield { seq, text: 'a few words of an answer ', sentAt: performance.timeOrigin + performance.now() };
		}
	}),
	loopDelay: on.loopDelay.handler(() => {
		const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((nanoseconds) => nanoseconds / 1e6);
		delay.reset();
		return { p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 };
	}),
});
const options = {
	router: { ...app.router, bench },
	gate: app.gate,
	renderer: await openRendererFiles(pageFolder),
	uploadsFolder: paths.uploads,
	log,
	address: { host: '127.0.0.1', port: 0 },
} as const;
const host = await startWebHost({ ...options, door: app.accounts });
// The same calls behind a door that asks for nothing, for what the real one costs.
const anybody: Principal = { accountId: 'anybody', role: 'viewer', sessionId: null, key: null };
const noSuchThing = async () => {
	throw failure('NOT_FOUND', { what: 'page' });
};
const openHost = await startWebHost({
	...options,
	door: {
		isSetUp: true,
		identify: async () => () => anybody,
		onChange: () => () => {},
		recognize: async () => null,
		nameOfCode: () => '',
		signIn: noSuchThing,
		setUp: noSuchThing,
		refresh: noSuchThing,
		signOutWith: noSuchThing,
	},
});
console.log(`${host.origin} ${app.accounts.firstCode()?.code} ${openHost.origin}`);
process.once('SIGTERM', async () => {
	await Promise.all([host.close(), openHost.close()]);
	await app.close();
	process.exit(0);
});
