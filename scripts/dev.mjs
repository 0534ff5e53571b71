// Runs Homeroom from its sources and shows every change at once: the page by Vite's hot reload, the rest by starting anew.
// usage: npm run dev [-- --desktop] [-- --port N --data DIR]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer } from 'vite';
import { electronBinary } from './electronBinary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const config = (folder) => path.join(root, folder, 'vite.config.ts');
const args = process.argv.slice(2).filter((arg) => arg !== '--desktop');

/** The browser host with Vite inside; Node starts it anew when a source of it changes. */
function developInBrowser() {
	const child = spawn(process.execPath, ['--watch', '--watch-preserve-output', path.join(root, 'scripts', 'developServe.ts'), ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	child.once('exit', (code) => process.exit(code ?? 1));
	// Ctrl-C reaches the child by itself.
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
}

/** Electron with the page from Vite's server; each build of the program starts it anew. */
async function developInWindow(electron) {
	const page = await createServer({ configFile: config('src-renderer'), server: { host: '127.0.0.1', port: 5173 } });
	await page.listen();
	const address = `http://127.0.0.1:${page.httpServer.address().port}`;
	await build({ configFile: config('src-preload'), logLevel: 'warn' });
	let child = null;
	const start = () => {
		child = spawn(electron, [root, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, HOMEROOM_DEV_PAGE: address } });
		const started = child;
		started.once('exit', (code) => started === child && process.exit(code ?? 0));
	};
	const watcher = await build({ configFile: config('src-main'), logLevel: 'warn', build: { watch: {} } });
	watcher.on('event', ({ code }) => {
		if (code !== 'END') return;
		const old = child;
		child = null;
		if (old === null) return start();
		old.once('exit', start);
		old.kill();
	});
}

if (process.argv.includes('--desktop')) {
	const electron = electronBinary();
	if (electron === null) {
		console.error('Electron has not been fetched here: run "npx install-electron" first, or "npm run dev" for the browser.');
		process.exit(1);
	}
	await developInWindow(electron);
} else developInBrowser();
