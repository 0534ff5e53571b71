import { useCallback, useEffect, useRef, useState } from 'react';
import type { Outputs } from '#contract/contract.ts';
import { client } from '../../rpc/client.ts';

type Example = Outputs['finetune']['datasetExamples']['examples'][number];

const pageExamples = 50;
/** Pages that are kept; those that are furthest from what is in view go first. */
const mostPages = 40;

/** Fetches the examples of a version from one to another, by pages, as they come into view. */
export function useExamples(versionId: string, first: number, last: number): { exampleAt: (index: number) => Example | undefined; error: unknown } {
	const [pages, setPages] = useState<ReadonlyMap<number, Example[]>>(new Map());
	const [error, setError] = useState<unknown>(null);
	const asked = useRef(new Set<number>());
	const [firstPage, lastPage] = [Math.floor(first / pageExamples), Math.floor(last / pageExamples)];
	useEffect(() => {
		const fetchPage = async (page: number) => {
			asked.current.add(page);
			try {
				const { examples } = await client.finetune.datasetExamples({ versionId, from: page * pageExamples, count: pageExamples });
				setPages((before) => nearest(new Map(before).set(page, examples), page, asked.current));
				setError(null);
			} catch (thrown) {
				asked.current.delete(page);
				setError(thrown);
			}
		};
		for (let page = firstPage; page <= lastPage; page++) if (!asked.current.has(page)) void fetchPage(page);
	}, [versionId, firstPage, lastPage]);
	const exampleAt = useCallback((index: number) => pages.get(Math.floor(index / pageExamples))?.[index % pageExamples], [pages]);
	return { exampleAt, error };
}

function nearest(pages: Map<number, Example[]>, to: number, asked: Set<number>): Map<number, Example[]> {
	const far = [...pages.keys()].sort((a, b) => Math.abs(a - to) - Math.abs(b - to)).slice(mostPages);
	for (const page of far) {
		pages.delete(page);
		asked.delete(page);
	}
	return pages;
}
