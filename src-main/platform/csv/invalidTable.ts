import { type ErrorData, type Failure, failure } from '#contract/errors.ts';

type Data = ErrorData<'CSV_INVALID'>;

/** Says why a table cannot be read: `reason`, and where it is not its first row, or counts something, where and how much. */
export function invalidTable(reason: Data['reason'], where: Partial<Omit<Data, 'reason'>> = {}, cause?: unknown): Failure<'CSV_INVALID'> {
	return failure('CSV_INVALID', { row: 1, column: null, found: null, limit: null, ...where, reason }, cause);
}
