import type { FormatName } from '#contract/convertOrder.ts';
import { type Failure, failure } from '#contract/errors.ts';
import type { FormatError } from '../../platform/formats/FormatError.ts';

/** As people write them. */
const names: Record<FormatName, string> = {
	...{ json: 'JSON', jsonl: 'JSON Lines', yaml: 'YAML', xml: 'XML', csv: 'CSV', tsv: 'TSV', toml: 'TOML', xlsx: 'XLSX' },
};

/** What is told of a source that could not be read, or of a loss that was not allowed. */
export function failureOf(error: FormatError, from: FormatName): Failure {
	const { line = 0, column = 0, path = '' } = error;
	if (error.code === 'lossRefused') return failure('CONVERT_LOSSY', { losses: 1, code: error.detail ?? '', line, path });
	return failure('CONVERT_INVALID', { format: names[from], reason: error.code, line, column, path, detail: error.message });
}
