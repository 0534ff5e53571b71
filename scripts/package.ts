// Builds Homeroom and packs it for this system by electron-builder.yml, into release/. On a machine that can sign, it is signed.
// usage: npm run package -- [x64|arm64]       (this machine's own when none is named)
// With HOMEROOM_UPDATE_URL the program looks there for new versions, once somebody has agreed; without it, nowhere. What is made, with its
// latest*.yml, is what belongs at that address.
import { spawnSync } from 'node:child_process';
import { drawIcons } from './packaging/drawIcons.ts';
import { packProgram, root } from './packaging/packProgram.ts';

const [arch = process.arch] = process.argv.slice(2);
if (arch !== 'x64' && arch !== 'arm64') {
	console.error(`Homeroom is packed for x64 and arm64, not for "${arch}".`);
	process.exit(1);
}
const url = process.env.HOMEROOM_UPDATE_URL;
if (url && !/^https:\/\/[^\s]+$/.test(url)) {
	console.error(`HOMEROOM_UPDATE_URL is an address that begins with https://, not "${url}".`);
	process.exit(1);
}
if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
await drawIcons();
for (const file of await packProgram({ [arch]: true }, url ? { publish: { provider: 'generic', url } } : {})) console.log(file);
