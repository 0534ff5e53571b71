// Packs Homeroom for this machine as `npm run package` does, but round a stand-in for Electron's binary, and proves what the package holds:
// every file that must be there and none that must not, the fuses, the size of each part, and that what was packed grades an answer under
// the Node that it brings along. Prints one JSON object a line for the sizes; exit 1, with a sentence for each fault, where something is wrong.
// usage: npm run package:check                (on Linux, x64 or arm64)
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { extractAll } from '@electron/asar';
import { expectedFiles, expectedPackages } from './packaging/expectedFiles.ts';
import { gradeOne } from './packaging/gradeOne.ts';
import { judgeFiles } from './packaging/judgeFiles.ts';
import { judgeFuses } from './packaging/judgeFuses.ts';
import { packProgram, root } from './packaging/packProgram.ts';
import { shippedPackages } from './packaging/shippedPackages.ts';
import { layOutStandIn } from './packaging/standInElectron.ts';
import { weighPackage } from './packaging/weighPackage.ts';

const { arch } = process;
if (process.platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) {
	console.error('The package is checked on Linux (x64, arm64). Elsewhere "npm run package" makes the real one.');
	process.exit(1);
}
if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
const work = await mkdtemp(path.join(os.tmpdir(), 'homeroom-package-'));
try {
	const electronDist = path.join(work, 'electron');
	await layOutStandIn(electronDist);
	const output = path.join(work, 'release');
	await packProgram({ linux: ['dir'], [arch]: true }, { electronDist, directories: { output, buildResources: 'resources/icons' } });
	const program = path.join(output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
	const archive = path.join(program, 'resources', 'app.asar');
	const unpacked = path.join(work, 'unpacked');
	extractAll(archive, unpacked);

	const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => path.relative(unpacked, path.join(entry.parentPath, entry.name)));
	const checks = [
		async () =>
			judgeFiles(files, { files: await expectedFiles(root), packages: shippedPackages(root), installed: expectedPackages(root), platform: 'linux', arch }),
		() => judgeFuses(path.join(program, 'homeroom')),
		() => weighPackage(unpacked, files, (line) => console.log(JSON.stringify(line))),
		() => gradeOne({ node: path.join(`${archive}.unpacked`, 'node_modules/node/bin/node'), folder: unpacked }, path.join(work, 'data')),
	];
	for (const check of checks) {
		const faults = await check().catch((error: unknown) => [String(error)]);
		for (const fault of faults) console.error(fault);
		if (faults.length > 0) process.exitCode = 1;
	}
} finally {
	await rm(work, { recursive: true, force: true });
}
