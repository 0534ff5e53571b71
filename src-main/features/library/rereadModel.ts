import { basename } from 'node:path';
import { failure } from '#contract/errors.ts';
import { sumFile } from './fileSums.ts';
import { findParts } from './findModels.ts';
import type { GgufFacts } from './gguf/readGguf.ts';
import { type Intake, type KnownSums, noteFiles, summarize } from './Intake.ts';
import { checkPathForm, explainPath, type ModelFile } from './importPath.ts';
import type { ModelsFolder } from './ModelsFolder.ts';
import type { ModelRecord, ModelTable } from './ModelTable.ts';
import { isChanged, lookAt } from './viewModel.ts';

interface RereadTools {
	table: ModelTable;
	folder: ModelsFolder;
	intake: Intake;
	inspect: (paths: string[]) => Promise<GgufFacts>;
	/** The program of the summing thread (sumWorker.ts). */
	sumWorker: string;
}

/**
 * Reads the files of a model anew, as what they are now. What was known of the bytes of a changed file, and where a changed model
 * came from, no longer holds and is forgotten.
 *
 * Throws NOT_FOUND, MODEL_MISSING, MODEL_FILE_INVALID; the model is then as it was.
 */
export function refreshModel(tools: RereadTools, modelId: string): Promise<ModelRecord> {
	return tools.intake.alone(async () => {
		const record = tools.table.get(modelId);
		const sums = tools.table.blockSums(modelId);
		const kept = record.files.map((file, i) => {
			const stats = lookAt(file.path);
			if (!stats) throw failure('MODEL_MISSING', { name: record.name, fileName: basename(file.path) });
			return isChanged(file, stats) ? null : { ...file, blockSums: sums[i] ?? null };
		});
		const paths = record.files.map(({ path }) => path);
		const facts = await tools.inspect(paths);
		const files = (
			await noteFiles(
				paths,
				paths.map(() => null),
			)
		).map((file, i) => ({ ...kept[i], ...file }));
		const origin = kept.includes(null) ? ({ source: 'local' } as const) : record.origin;
		return tools.table.update(modelId, { ...summarize(facts), origin, sizeBytes: facts.fileBytes }, files);
	});
}

/**
 * Points a model to where its files are now; of a split model, `path` is any part.
 *
 * Throws what findModels throws for the path, MODEL_EXISTS where the file is another model's, and CHECKSUM_MISMATCH where it is not
 * the same file: of another size, or of another checksum where one is known, for which every byte is read.
 */
export async function relocateModel(tools: RereadTools, modelId: string, path: string): Promise<ModelRecord> {
	const record = tools.table.get(modelId);
	const found = await findParts(checkPathForm(path));
	if (found.length !== record.files.length) throw failure('CHECKSUM_MISMATCH', { fileName: basename(path) });
	const sums: (KnownSums | null)[] = [];
	for (const [i, file] of found.entries()) sums.push(await compare(tools, record, i, file));
	return tools.intake.alone(async () => {
		for (const file of found) await tools.intake.refuseKnown(file, modelId);
		const paths = found.map((file) => file.path);
		const facts = await tools.inspect(paths);
		const owned = record.owned && paths.every((each) => tools.folder.holds(each));
		return tools.table.update(modelId, { ...summarize(facts), owned, linked: owned && record.linked }, await noteFiles(paths, sums));
	});
}

async function compare(tools: RereadTools, record: ModelRecord, position: number, found: ModelFile): Promise<KnownSums | null> {
	const known = record.files[position];
	const mismatch = () => failure('CHECKSUM_MISMATCH', { fileName: basename(found.path) });
	if (!known || known.sizeBytes !== found.sizeBytes) throw mismatch();
	if (known.sha256 === null) return null;
	const { sha256, blockSums } = await sumFile(found.path, { workerFile: tools.sumWorker }).catch((error) => Promise.reject(explainPath(error, found.path)));
	if (sha256 !== known.sha256) throw mismatch();
	return { sha256, blockSums, published: known.published, checkedAt: Date.now() };
}
