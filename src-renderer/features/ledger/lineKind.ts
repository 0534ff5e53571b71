import type { StatementLine } from '#contract/ledger.ts';

/** What a line is called: tokens that an administrator took away are no grant to the reader. */
export function lineKind({ kind, tokens }: Pick<StatementLine, 'kind' | 'tokens'>): StatementLine['kind'] | 'takenAway' {
	return kind === 'topUp' && tokens < 0 ? 'takenAway' : kind;
}
