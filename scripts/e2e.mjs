// Runs the end-to-end stories: builds, finds a browser (or installs one), then hands over to Playwright.
// usage: node scripts/e2e.mjs [Playwright's own arguments]
import { spawnSync } from 'node:child_process';
import { findBrowser } from '../e2e/support/findBrowser.ts';
import { electronBinary } from './electronBinary.ts';

function run(command, args) {
	return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Debian's package where we are root on Debian, else Playwright's own download. */
function installBrowser() {
	if (process.platform === 'linux' && process.getuid() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
		console.log('No browser found: installing chromium with apt-get …');
		if (run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])) return true;
	}
	console.log("No browser found: fetching Playwright's Chromium …");
	return run('npx', ['playwright', 'install', 'chromium']);
}

if (findBrowser() === null && !(installBrowser() && findBrowser() !== null)) {
	console.error('The end-to-end tests need Chrome, Chromium or Edge. Install one, for example: sudo apt-get install chromium');
	process.exit(1);
}
if (electronBinary() === null)
	console.log("The stories are told in the browser alone: Electron's binary is not here, which the real window needs (npx install-electron fetches it).");
if (!run(process.execPath, ['scripts/build.mjs'])) process.exit(1);
process.exit(run('playwright', ['test', ...process.argv.slice(2)]) ? 0 : 1);
