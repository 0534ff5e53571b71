// Opens Homeroom: its window where Electron can run here, else the same app in the browser.
// usage: npm start -- [--data DIR] [MODEL.gguf …]; with --browser (npm run serve) no window is tried.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

if (Number.parseInt(process.versions.node, 10) < 22) {
	console.error('The Node that Homeroom brings along is not there yet. Run "npm ci", then try again.');
	process.exit(1);
}
// An older Node cannot read this file, so it is not imported before the sentence above.
const { electronBinary } = await import('./electronBinary.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const fetchMs = 60_000;

/** Builds what is missing or older than its sources; a message where that cannot be done. */
function buildIfNeeded() {
	const sources = ['src-main', 'src-preload', 'src-renderer', 'resources', 'package.json'].map((name) => newest(path.join(root, name)));
	const built = ['main/desktop.js', 'main/serve.js', 'preload/preload.cjs', 'renderer/index.html'].map((name) => changedAt(path.join(root, 'dist', name)));
	if (Math.min(...built) > Math.max(...sources)) return;
	console.log('Building Homeroom …');
	const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
	if (status === 0) return;
	console.error('Homeroom could not be built. Run "npm ci", then try again.');
	process.exit(1);
}

function newest(name) {
	if (!statSync(name).isDirectory()) return changedAt(name);
	const files = readdirSync(name, { recursive: true, encoding: 'utf8' }).filter((file) => !/\.test[.-]/.test(file));
	return Math.max(0, ...files.map((file) => changedAt(path.join(name, file))));
}

function changedAt(file) {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Why no window can be shown here; null where nothing speaks against it. */
function whyNoWindow() {
	if (process.platform !== 'linux') return null;
	if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no screen here';
	// Chromium's sandbox does not run for root, and Homeroom does not run without the sandbox.
	if (process.getuid() === 0) return 'You are root, for whom the window cannot be sandboxed';
	return null;
}

/** Electron's binary, fetched first where it has not been yet; null where it cannot be had. */
function fetchElectron() {
	const found = electronBinary();
	if (found !== null) return found;
	console.log('Fetching the desktop window (Electron), once …');
	const installer = path.join(path.dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'install.js');
	spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: fetchMs, killSignal: 'SIGKILL' });
	return electronBinary();
}

/** Hands the terminal over: its signals go to the child by themselves, its end is ours. */
function handOver(command, args) {
	const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
	child.once('error', (error) => {
		console.error(`Homeroom could not be started: ${error.message}`);
		process.exitCode = 1;
	});
	child.once('exit', (code) => process.exit(code ?? 1));
}

buildIfNeeded();
const args = process.argv.slice(2).filter((arg) => arg !== '--browser');
const isBrowserWished = process.argv.includes('--browser');
const obstacle = isBrowserWished ? null : whyNoWindow();
const electron = isBrowserWished || obstacle !== null ? null : fetchElectron();
if (electron !== null) {
	handOver(electron, [root, ...args]);
} else {
	if (!isBrowserWished) console.log(`${obstacle ?? 'The desktop window (Electron) could not be fetched'}, so Homeroom is served to the browser instead.`);
	handOver(process.execPath, [path.join(root, 'dist', 'main', 'serve.js'), ...args]);
}
