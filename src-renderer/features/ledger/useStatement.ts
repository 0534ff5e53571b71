import { useCallback, useEffect, useRef, useState } from 'react';
import type { Outputs } from '#contract/contract.ts';
import type { StatementFilter } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { addLines, type LinesRead, mergeLines } from './mergeLines.ts';

type StatementPage = Outputs['ledger']['statement'];

/** A statement as far as it was read. */
export interface StatementState {
	/** Null until the first page is there. */
	read: LinesRead | null;
	/** What all lines of the filter did together, read or not. */
	sums: StatementPage['sums'];
	error: unknown;
	/** Reads the next page, where there is one and none is being read; after a failure, what failed. */
	readMore: () => void;
}

/** Work in a class settles many times a second; its line need not move as often. */
const rereadMs = 1_000;
const nothingRead = { read: null, sums: null, error: null };

/**
 * Reads the statement of the reader (`accountId` null), or for an administrator that of another account, page by page.
 *
 * The reader's own is read anew when the balance changes, another one when the page is come back to.
 */
export function useStatement(accountId: string | null, filter: StatementFilter): StatementState {
	const [state, setState] = useState<Omit<StatementState, 'readMore'>>(nothingRead);
	const isReading = useRef(false);
	// A filter is made anew at each drawing; what it says is what counts.
	const said = JSON.stringify(filter);
	const shown = useRef('');

	const read = useCallback(
		async (cursor: string | null) => {
			const wanted = `${accountId} ${said}`;
			// What `said` was made from, as the contract has it.
			const order = { ...(JSON.parse(said) as StatementFilter), cursor };
			isReading.current = true;
			try {
				const page = await (accountId === null ? client.ledger.statement(order) : client.ledger.statementOf({ accountId, ...order }));
				if (shown.current === wanted) setState((before) => withPage(before, page, cursor === null));
			} catch (error) {
				if (shown.current === wanted) setState((before) => ({ ...before, error }));
			} finally {
				if (shown.current === wanted) isReading.current = false;
			}
		},
		[accountId, said],
	);
	useEffect(() => {
		shown.current = `${accountId} ${said}`;
		setState(nothingRead);
		void read(null);
		return () => {
			shown.current = '';
		};
	}, [accountId, said, read]);
	useReread(accountId === null, () => void read(null));

	return {
		...state,
		readMore: () => {
			if (isReading.current || (state.read !== null && state.read.cursor === null)) return;
			void read(state.read?.cursor ?? null);
		},
	};
}

function withPage(before: Omit<StatementState, 'readMore'>, page: StatementPage, isFirst: boolean): Omit<StatementState, 'readMore'> {
	if (isFirst || before.read === null) return { read: mergeLines(before.read, page), sums: page.sums, error: null };
	return { read: addLines(before.read, page), sums: before.sums, error: null };
}

/** Calls `reread` after the reader's balance has changed, or where it is about somebody else, when the reader comes back to the page. */
function useReread(isOwn: boolean, reread: () => void): void {
	const { value } = useBalance();
	const latest = useRef(reread);
	latest.current = reread;
	const seen = useRef<unknown>(null);
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	useEffect(() => {
		const isFirst = seen.current === null;
		seen.current = value;
		if (!isOwn || isFirst || timer.current !== null) return;
		timer.current = setTimeout(() => {
			timer.current = null;
			latest.current();
		}, rereadMs);
	}, [isOwn, value]);
	useEffect(() => {
		const onFocus = () => !isOwn && latest.current();
		window.addEventListener('focus', onFocus);
		return () => {
			window.removeEventListener('focus', onFocus);
			if (timer.current !== null) clearTimeout(timer.current);
		};
	}, [isOwn]);
}
