import type { FormatName } from '#contract/convertOrder.ts';
import { type Failure, failure } from '#contract/errors.ts';
import type { FormatError } from '../../platform/formats/FormatError.ts';
import type { ThreadEnded } from '../../platform/process/TaskThreads.ts';

/** As people write them. */
const names: Record<FormatName, string> = {
	...{ json: 'JSON', jsonl: 'JSON Lines', yaml: 'YAML', xml: 'XML', csv: 'CSV', tsv: 'TSV', toml: 'TOML', xlsx: 'XLSX' },
};

/** Failures whose sentences name no line. */
export const placeless: ReadonlySet<string> = new Set([
	...['encodingUnknown', 'encodingUnsupported', 'formatUnknown', 'badSidecar', 'noRoot', 'noRecords', 'tooLarge', 'sheetUnknown'],
	...['notWorkbook', 'workbookDamaged', 'workbookTooLarge', 'workbookEncrypted', 'tooManyCells', 'tooManyColumns', 'tooManyRows', 'cellTooLong'],
]);

/** What is told of a conversion that was ended for its time or memory. */
export function stoppedFor({ reason, limitMs }: ThreadEnded, cause?: Error): Failure {
	return failure('CONVERT_STOPPED', { reason, ...(limitMs !== undefined && { limitMs }) }, cause);
}

/** What is told of a source that could not be read, or of a loss that was not allowed. */
export function failureOf(error: FormatError, from: FormatName): Failure {
	const { line = 0, column = 0, path = '' } = error;
	if (error.code === 'lossRefused')
		return failure('CONVERT_LOSSY', { reason: line > 0 ? 'placed' : 'unplaced', losses: 1, code: error.detail ?? '', line, path });
	// Its own sentence would name a line that there is not.
	const reason = error.line === undefined && !placeless.has(error.code) ? 'unplaced' : error.code;
	return failure('CONVERT_INVALID', { format: names[from], reason, line, column, path, detail: error.message });
}
