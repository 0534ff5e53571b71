import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packWithStandIn } from '../scripts/packaging/packWithStandIn.ts';
import { mostPackageBytes, weighPackage } from '../scripts/packaging/weighPackage.ts';
import type { Report } from './run.ts';

/** What the package takes on the disk, by part, without Electron itself; the whole against its budget. Linux, x64 or arm64. */
export async function run(report: Report): Promise<void> {
	const work = await mkdtemp(path.join(os.tmpdir(), 'homeroom-bench-package-'));
	try {
		const { unpacked, files } = await packWithStandIn(work);
		await weighPackage(unpacked, files, ({ part, bytes }) =>
			report({ metric: part, value: bytes, unit: 'bytes', ...(part === 'the whole' && { limit: mostPackageBytes, pass: bytes <= mostPackageBytes }) }),
		);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
