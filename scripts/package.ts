// Builds Homeroom and packs it for this system by electron-builder.yml, into release/. On a machine that can sign, it is signed.
// usage: npm run package -- [x64|arm64]       (this machine's own when none is named)
import { spawnSync } from 'node:child_process';
import { drawIcons } from './packaging/drawIcons.ts';
import { packProgram, root } from './packaging/packProgram.ts';

const [arch = process.arch] = process.argv.slice(2);
if (arch !== 'x64' && arch !== 'arm64') {
	console.error(`Homeroom is packed for x64 and arm64, not for "${arch}".`);
	process.exit(1);
}
if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
await drawIcons();
for (const file of await packProgram({ [arch]: true })) console.log(file);
