import { Statement } from './Statement.tsx';

/** The reader's own statement: what was given and what was used, line by line. */
export function StatementScreen() {
	return <Statement account={null} />;
}
