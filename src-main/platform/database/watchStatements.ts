import type Database from 'better-sqlite3';
import type { Logger } from '../log/createLog.ts';
import { explainDisk } from './explainDisk.ts';

/** Longer than this and a window misses two or three frames. */
const slowMs = 40;

const loggedSqlLength = 500;

/**
 * Logs every statement of this connection that takes long, and says in a failure what SQLite says of the disk.
 *
 * It stands between drizzle and SQLite, at `prepare`, because drizzle's own logger has no end to measure. The log gets the
 * statement with its placeholders and the time, never a value.
 */
export function watchStatements(client: Database.Database, log: Logger, limitMs: number = slowMs): void {
	const watch =
		<Result>(statement: Database.Statement, sql: string, work: (...values: unknown[]) => Result) =>
		(...values: unknown[]): Result => {
			const startedAt = performance.now();
			try {
				return work.apply(statement, values);
			} catch (error) {
				throw explainDisk(error, client.name);
			} finally {
				const tookMs = performance.now() - startedAt;
				if (tookMs > limitMs) log.warn({ sql: sql.slice(0, loggedSqlLength), tookMs: Math.round(tookMs) }, 'slow statement');
			}
		};
	const prepare = client.prepare.bind(client);
	const watched = (sql: string): Database.Statement => {
		const statement = prepare(sql);
		statement.run = watch(statement, sql, statement.run);
		statement.get = watch(statement, sql, statement.get);
		statement.all = watch(statement, sql, statement.all);
		return statement;
	};
	// `prepare` is generic in what the caller expects back; the statement itself is the one it would have got.
	client.prepare = watched as typeof client.prepare;
}
