import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApp } from '../../app.ts';
import { createLog } from '../log/createLog.ts';
import { resolvePaths } from '../paths/paths.ts';
import { openRendererFiles } from './rendererFiles.ts';
import { startWebHost } from './webHost.ts';

// The whole app in a process of its own, for the tests that attack it. It tells how it is when asked over its IPC channel.
// usage: node fuzzedApp.test-support.ts FOLDER

/** What the app's process tells of itself. */
export interface Health {
	rssBytes: number;
	/** What is really held, in the heap and beside it. */
	heldBytes: number;
	rejections: string[];
	prototypeKeys: string[];
}

const folder = process.argv[2];
if (process.send && folder) {
	const rejections: string[] = [];
	process.on('unhandledRejection', (error) => rejections.push(String(error)));
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc');
	const prototypeKeys = () => Reflect.ownKeys(Object.prototype).map(String);
	const rendererFolder = path.join(folder, 'renderer');
	mkdirSync(rendererFolder, { recursive: true });
	writeFileSync(path.join(rendererFolder, 'index.html'), '<meta name="csp-nonce" content="">');
	const paths = resolvePaths({ dataFolder: path.join(folder, 'data') });
	const { log } = createLog({ folder: paths.logs });
	const app = createApp({ paths, log, host: { kind: 'browser', version: '0' } });
	const host = await startWebHost({
		router: app.router,
		gate: app.gate,
		door: app.accounts,
		renderer: await openRendererFiles(rendererFolder),
		uploadsFolder: paths.uploads,
		log,
		address: { host: '127.0.0.1', port: 0 },
	});
	process.on('message', () => {
		// The second round frees what the first one's finalizers let go.
		gc();
		gc();
		const { rss, heapUsed, external } = process.memoryUsage();
		const health: Health = { rssBytes: rss, heldBytes: heapUsed + external, rejections, prototypeKeys: prototypeKeys() };
		process.send?.(health);
	});
	process.on('disconnect', () => process.exit(0));
	process.send({ origin: host.origin, code: app.accounts.firstCode()?.code });
}
