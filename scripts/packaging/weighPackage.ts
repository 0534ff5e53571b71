import { stat } from 'node:fs/promises';
import path from 'node:path';

/** The most that the packed app may take on the disk, without Electron itself (about 250 MB), in bytes. */
export const mostPackageBytes = 600e6;

const parts: readonly { part: string; where: RegExp }[] = [
	{ part: 'llama.cpp for CUDA', where: /@node-llama-cpp\/[^/]*-cuda/ },
	{ part: 'llama.cpp for Vulkan', where: /@node-llama-cpp\/[^/]*-vulkan/ },
	{ part: 'llama.cpp for the processor (and Metal)', where: /@node-llama-cpp\// },
	{ part: 'Node for the children', where: /^node_modules\/node\// },
	{ part: 'speech recognition', where: /^node_modules\/sherpa-onnx/ },
	{ part: 'fonts for PDF', where: /^node_modules\/@embedpdf\// },
	{ part: 'other packages', where: /^node_modules\// },
	{ part: 'the app’s own process and its children', where: /^dist\/main\// },
	{ part: 'the screens', where: /^dist\/(renderer|preload)\// },
	{ part: 'the demonstration model and the catalogue', where: /^models\// },
	{ part: 'everything else', where: /^/ },
];

/** Tells `report` what each part of the package takes, the largest first, and answers with what is too much. */
export async function weighPackage(
	folder: string,
	files: readonly string[],
	report: (line: { part: string; files: number; bytes: number }) => void,
): Promise<string[]> {
	const weights = new Map(parts.map(({ part }) => [part, { part, files: 0, bytes: 0 }]));
	const whole = { part: 'the whole', files: 0, bytes: 0 };
	for (const file of files) {
		const { size } = await stat(path.join(folder, file));
		const { part } = parts.find(({ where }) => where.test(file)) ?? { part: '' };
		for (const weight of [weights.get(part), whole]) {
			if (weight === undefined) continue;
			weight.files += 1;
			weight.bytes += size;
		}
	}
	for (const weight of [...weights.values()].toSorted((a, b) => b.bytes - a.bytes)) report(weight);
	report(whole);
	return whole.bytes <= mostPackageBytes ? [] : [`The package takes ${whole.bytes} bytes; its budget is ${mostPackageBytes}.`];
}
