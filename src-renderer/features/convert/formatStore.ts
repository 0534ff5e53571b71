import { useEffect } from 'react';
import { create } from 'zustand';
import type { Outputs } from '#contract/contract.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';

export type KnownFormat = Outputs['convert']['formats'][number];

const useStore = create<{ formats: readonly KnownFormat[] | null; error: unknown }>(() => ({ formats: null, error: null }));

/** The formats there are, asked for once; null until known. */
export function useFormats(): { formats: readonly KnownFormat[] | null; error: unknown } {
	const state = useStore();
	useEffect(() => {
		if (useStore.getState().formats === null)
			client.convert.formats().then(
				(formats) => useStore.setState({ formats, error: null }),
				(error: unknown) => useStore.setState({ error }),
			);
	}, []);
	return state;
}

/** The ending that files of a format have. */
export function endingOf(formats: readonly KnownFormat[] | null, name: FormatName): string {
	return formats?.find((format) => format.name === name)?.extensions[0] ?? name;
}

/** The format that a file is of by its ending; null where that is none that is known. */
export function formatOfFile(formats: readonly KnownFormat[] | null, fileName: string): FormatName | null {
	const ending = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
	return formats?.find(({ extensions }) => extensions.includes(ending))?.name ?? null;
}

/** What a file input is to offer. */
export function acceptOf(formats: readonly KnownFormat[] | null): string {
	return [...(formats ?? []).flatMap(({ extensions }) => extensions.map((ending) => `.${ending}`)), 'text/*'].join(',');
}

/** What these formats are called: by the names that everybody knows them by, in every language. */
export const formatNames: Record<FormatName, string> = {
	...{ json: 'JSON', jsonl: 'JSON Lines', yaml: 'YAML', xml: 'XML' },
	...{ csv: 'CSV', tsv: 'TSV', toml: 'TOML', xlsx: 'Excel (XLSX)' },
};
