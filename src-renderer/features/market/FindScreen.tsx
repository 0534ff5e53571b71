import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../ui/Page.tsx';
import { CatalogList } from './CatalogList.tsx';
import { ModelView } from './ModelView.tsx';
import { readSurroundings, type SearchSort, useMarket } from './marketStore.ts';
import { OfflineNotice } from './OfflineNotice.tsx';
import { ResultList } from './ResultList.tsx';
import { type RemoteName, readQuery } from './readQuery.ts';
import { SearchField } from './SearchField.tsx';
import { sorts } from './sorts.ts';

/** The screen for finding a model: the catalogue until something is searched for, then the results, then one model with its files. */
export function FindScreen() {
	const { t } = useTranslation('market');
	const [address, setAddress] = useSearchParams();
	const hubEndpoint = useMarket(({ settings }) => settings?.hubEndpoint);
	useEffect(() => void readSurroundings(), []);

	const typed = address.get('q') ?? '';
	const sort = sorts.find((known) => known === address.get('sort')) ?? 'trending';
	const query = readQuery(typed, hubEndpoint);
	const chosen = readChosen(address) ?? (query.words === '' ? (query.named[0] ?? null) : null);

	return (
		<Page title={t('title')}>
			<OfflineNotice on="find" />
			<SearchField typed={typed} onSearch={(text) => setAddress(text === '' ? {} : { q: text, sort })} />
			{chosen ? (
				<ModelView
					key={`${chosen.source}:${chosen.name}`}
					named={chosen}
					backTo={query.words === '' ? '/models/find' : `/models/find?${new URLSearchParams({ q: typed, sort })}`}
				/>
			) : query.words === '' ? (
				<CatalogList />
			) : (
				<ResultList query={query} sort={sort} onSort={(next) => setAddress({ q: typed, sort: next })} addressOf={(named) => addressOf(named, typed, sort)} />
			)}
		</Page>
	);
}

function readChosen(address: URLSearchParams): RemoteName | null {
	const source = address.get('source');
	const name = address.get('name');
	return name && (source === 'huggingface' || source === 'ollama') ? { source, name } : null;
}

/** Where a model stands in this screen, with the search that led to it. */
function addressOf({ source, name }: RemoteName, typed: string, sort: SearchSort): string {
	return `/models/find?${new URLSearchParams({ ...(typed === '' ? {} : { q: typed, sort }), source, name })}`;
}
