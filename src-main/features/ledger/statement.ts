import { failure } from '#contract/errors.ts';
import type { StatementFilter, StatementLine, Task } from '#contract/ledger.ts';
import { writeCsv } from '../../platform/csv/writeCsv.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { localTime } from './localTime.ts';

export interface StatementPage {
	lines: StatementLine[];
	/** Where the next page goes on; null after the last line. */
	cursor: string | null;
	/** What all lines of the filter did together; null but on the first page. */
	sums: Sums | null;
}

/** What was granted, what metered work took of that, and what work used that was not metered. */
export interface Sums {
	granted: number;
	used: number;
	usedUnmetered: number;
}

/** The place of a line: when it was, and its id. At one instant work comes before grants. */
type Place = { at: number; kind: 'work'; id: string } | { at: number; kind: 'grant'; id: number };

type Query = Record<string, string | number | null>;

interface WorkRow {
	id: string;
	at: number;
	source: 'available' | 'issue';
	task: Task;
	modelName: string | null;
	subjectId: string | null;
	reserved: number;
	charged: number;
	released: number;
	charges: number;
	promptTokens: number;
	completionTokens: number;
	repeats: number;
	isOver: 0 | 1;
}

interface GrantRow {
	id: number;
	at: number;
	kind: 'start' | 'allowance' | 'topUp';
	tokens: number;
}

/** More lines than any account has; a page reads one more than it is asked for. */
const everyLine = Number.MAX_SAFE_INTEGER - 1;
const ever = { from: -8.64e15, until: 8.64e15 };

/** The statements of accounts: each grant a line, and each piece of work one with all that was charged for it; newest first. */
export class Statements {
	readonly #work;
	readonly #grants;
	readonly #used;
	readonly #granted;

	constructor(client: Db['$client']) {
		this.#work = client.prepare<Query, WorkRow>(
			`select id, opened_at at, source, task, model_name modelName, subject_id subjectId, reserved, charged, released, charges,
				prompt_tokens promptTokens, completion_tokens completionTokens, repeats, closed_at is not null isOver
			from hold
			where holder_id = @accountId and opened_at >= @from and opened_at < @until and (@task is null or task = @task) and (@modelId is null or model_id = @modelId)
				and (opened_at, id) < (@at, @id)
			order by opened_at desc, id desc limit @limit`,
		);
		this.#grants = client.prepare<Query, GrantRow>(
			`select id, at, kind, tokens from transfer
			where holder_id = @accountId and hold_id is null and at >= @from and at < @until and tokens <> 0 and (at, id) < (@at, @id)
			order by at desc, id desc limit @limit`,
		);
		this.#used = client.prepare<Query, Pick<Sums, 'used' | 'usedUnmetered'>>(
			`select coalesce(sum(charged) filter (where source = 'available'), 0) used,
					coalesce(sum(charged) filter (where source = 'issue'), 0) usedUnmetered
				from hold
				where holder_id = @accountId and opened_at >= @from and opened_at < @until and (@task is null or task = @task)
					and (@modelId is null or model_id = @modelId)`,
		);
		this.#granted = client
			.prepare<Query, number>(`select coalesce(sum(tokens), 0) from transfer where holder_id = @accountId and hold_id is null and at >= @from and at < @until`)
			.pluck();
	}

	/** The lines after `cursor`. Throws INVALID_INPUT for a cursor that no page ended with. */
	page(accountId: string, filter: StatementFilter, { cursor, limit }: { cursor: string | null; limit: number }): StatementPage {
		const after = cursor === null ? null : readCursor(cursor);
		// One more than asked for tells whether there are more.
		const lines = [...this.#workLines(accountId, filter, after, limit + 1), ...this.#grantLines(accountId, filter, after, limit + 1)];
		lines.sort((a, b) => comparePlaces(a.place, b.place));
		const last = lines[limit - 1];
		return {
			lines: lines.slice(0, limit).map(({ line }) => line),
			cursor: last && lines.length > limit ? writeCursor(last.place) : null,
			sums: after === null ? this.#sums(accountId, filter) : null,
		};
	}

	/** All lines, newest first. */
	whole(accountId: string, filter: StatementFilter): StatementLine[] {
		return this.page(accountId, filter, { cursor: null, limit: everyLine }).lines;
	}

	/** The same as a table for spreadsheets. */
	export(accountId: string, filter: StatementFilter): { fileName: string; text: string } {
		const header = ['time', 'kind', 'tokens', 'set_aside', 'metered', 'task', 'model', 'charges', 'prompt_tokens', 'completion_tokens', 'note', 'id'];
		const rows = this.whole(accountId, filter).map((line) => [
			...[localTime(line.at), line.kind, line.tokens, line.reserved, line.isMetered ? 'yes' : 'no', line.task, line.modelName],
			...[line.charges, line.promptTokens, line.completionTokens, line.note, line.id],
		]);
		return { fileName: 'Token statement.csv', text: writeCsv(header, rows) };
	}

	#sums(accountId: string, { from, until, task, modelId, kind }: StatementFilter): Sums {
		const query = { accountId, from: from ?? ever.from, until: until ?? ever.until };
		const hasGrants = kind !== 'work' && task === null && modelId === null;
		const work = kind === 'grants' ? null : this.#used.get({ ...query, task, modelId });
		return { granted: hasGrants ? (this.#granted.get(query) ?? 0) : 0, used: work?.used ?? 0, usedUnmetered: work?.usedUnmetered ?? 0 };
	}

	#workLines(accountId: string, { from, until, task, modelId, kind }: StatementFilter, after: Place | null, limit: number) {
		if (kind === 'grants') return [];
		const [at, id] = after === null ? [ever.until, ''] : [after.at, after.kind === 'work' ? after.id : ''];
		const rows = this.#work.all({ accountId, from: from ?? ever.from, until: until ?? ever.until, task, modelId, at, id, limit });
		return rows.map((row) => ({ place: { at: row.at, kind: 'work', id: row.id } satisfies Place as Place, line: workLine(row) }));
	}

	#grantLines(accountId: string, { from, until, task, modelId, kind }: StatementFilter, after: Place | null, limit: number) {
		if (kind === 'work' || task !== null || modelId !== null) return [];
		const [at, id] = after === null ? [ever.until, 0] : [after.at, after.kind === 'grant' ? after.id : Number.MAX_SAFE_INTEGER];
		const rows = this.#grants.all({ accountId, from: from ?? ever.from, until: until ?? ever.until, at, id, limit });
		return rows.map((row) => ({ place: { at: row.at, kind: 'grant', id: row.id } satisfies Place as Place, line: grantLine(row) }));
	}
}

function workLine({ source, reserved, charged, released, repeats, isOver, ...row }: WorkRow): StatementLine {
	// Nothing that is 0 gets a minus.
	return {
		...row,
		kind: 'work',
		tokens: 0 - charged,
		reserved: reserved - charged - released,
		isMetered: source === 'available',
		note: noteOf(row, repeats, isOver === 1),
	};
}

/** Why a line has fewer tokens than its reader may expect; null where a model did all of the work, or still may. */
function noteOf({ charges, promptTokens, completionTokens }: Pick<WorkRow, 'charges' | 'promptTokens' | 'completionTokens'>, repeats: number, isOver: boolean) {
	if (repeats > 0) return charges <= 1 || promptTokens + completionTokens === 0 ? 'repeated' : 'partlyRepeated';
	return charges === 0 && isOver ? 'unused' : null;
}

function grantLine({ id, at, kind, tokens }: GrantRow): StatementLine {
	const work = { reserved: 0, isMetered: true, task: null, modelName: null, subjectId: null, promptTokens: 0, completionTokens: 0, charges: 0, note: null };
	return { id: String(id), at, kind, tokens, ...work };
}

/** Newest first. */
function comparePlaces(a: Place, b: Place): number {
	if (a.at !== b.at) return b.at - a.at;
	if (a.kind !== b.kind) return a.kind === 'work' ? -1 : 1;
	return a.id < b.id ? 1 : -1;
}

function writeCursor({ at, kind, id }: Place): string {
	return `${at}.${kind}.${id}`;
}

function readCursor(cursor: string): Place {
	const [, at, kind, id] = /^(-?\d{1,16})\.(work|grant)\.(.+)$/.exec(cursor) ?? [];
	if (at !== undefined && id !== undefined && kind === 'work') return { at: Number(at), kind, id };
	if (at !== undefined && id !== undefined && kind === 'grant' && /^\d{1,15}$/.test(id)) return { at: Number(at), kind, id: Number(id) };
	throw failure('INVALID_INPUT', { issues: [{ path: 'cursor', message: 'This is not where a page ended.' }] });
}
