// Packs Homeroom for this machine as `npm run package` does, but round a stand-in for Electron's binary, and proves what the package holds:
// every file that must be there and none that must not, the fuses, the size of each part, and that what was packed grades an answer under
// the Node that it brings along. Prints one JSON object a line for the sizes; exit 1, with a sentence for each fault, where something is wrong.
// usage: npm run package:check                (on Linux, x64 or arm64)
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expectedFiles, expectedPackages } from './packaging/expectedFiles.ts';
import { gradeOne } from './packaging/gradeOne.ts';
import { judgeFiles } from './packaging/judgeFiles.ts';
import { judgeFuses } from './packaging/judgeFuses.ts';
import { root } from './packaging/packProgram.ts';
import { packWithStandIn } from './packaging/packWithStandIn.ts';
import { shippedPackages } from './packaging/shippedPackages.ts';
import { weighPackage } from './packaging/weighPackage.ts';

const work = await mkdtemp(path.join(os.tmpdir(), 'homeroom-package-'));
try {
	const { program, archive, unpacked, files } = await packWithStandIn(work);
	const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
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
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await rm(work, { recursive: true, force: true });
}
