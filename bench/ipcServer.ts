// The process that the `ipc` bench measures: the whole app behind its real browser host, with the bench's procedures beside its own.
// usage: node bench/ipcServer.ts DATA_FOLDER PAGE_FOLDER
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { createApp } from '../src-main/app.ts';
import { openRendererFiles } from '../src-main/platform/http/rendererFiles.ts';
import { startWebHost } from '../src-main/platform/http/webHost.ts';
import { createLog } from '../src-main/platform/log/createLog.ts';
import { resolvePaths } from '../src-main/platform/paths/paths.ts';
import { handlersFor } from '../src-main/platform/rpc/guard.ts';
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
const host = await startWebHost({
	router: { ...app.router, bench },
	door: app.accounts,
	renderer: await openRendererFiles(pageFolder),
	uploadsFolder: paths.uploads,
	log,
	address: { host: '127.0.0.1', port: 0 },
	onLinkWanted: () => {},
});
const link = () => `${host.origin}/sign-in?token=${app.accounts.issueSignInToken()}`;
console.log(`${link()} ${link()}`);
process.once('SIGTERM', async () => {
	await host.close();
	await app.close();
	process.exit(0);
});
