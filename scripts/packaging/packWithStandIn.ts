import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { extractAll } from '@electron/asar';
import { packProgram, root } from './packProgram.ts';
import { layOutStandIn } from './standInElectron.ts';

/** What `npm run package` would make, round a stand-in for Electron's binary. */
export interface PackedWithStandIn {
	/** The folder of the program. */
	program: string;
	/** Its app.asar. */
	archive: string;
	/** What is in that and beside it, laid out as files. */
	unpacked: string;
	/** Their paths, relative to `unpacked`. */
	files: string[];
}

/** Builds Homeroom and packs it for this machine (Linux, x64 or arm64) into the folder `work`. Throws where that is not possible. */
export async function packWithStandIn(work: string): Promise<PackedWithStandIn> {
	const { arch, platform } = process;
	if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64'))
		throw new Error('The package is checked on Linux (x64, arm64). Elsewhere "npm run package" makes the real one.');
	if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
		throw new Error('Homeroom could not be built.');
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
	return { program, archive, unpacked, files };
}
