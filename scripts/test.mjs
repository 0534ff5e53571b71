// `npm test`: types, lint, unit, end-to-end, in that order; stops at the first that fails.
import { spawnSync } from 'node:child_process';

for (const script of ['typecheck', 'lint', 'build', 'test:unit', 'test:e2e']) {
	console.log(`\n── ${script}`);
	const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit', shell: process.platform === 'win32' });
	if (status !== 0) {
		console.error(`\nStopped: ${script} failed.`);
		process.exit(status ?? 1);
	}
}
