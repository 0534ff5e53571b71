import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { RemoteModel } from '#contract/market.ts';
import { useFormat } from '../../ui/format.ts';
import { useOpenLink } from '../../ui/OpenLink.ts';
import { AccessNotice } from './AccessNotice.tsx';
import { FileTable } from './FileTable.tsx';
import { nameLanguages } from './languageName.ts';
import { nameKey, openModel, useMarket } from './marketStore.ts';
import type { RemoteName } from './readQuery.ts';
import { SourceError } from './SourceError.tsx';

const sourceNames = { huggingface: 'Hugging Face', ollama: 'Ollama' } as const;

/** One model as its source describes it, with the files that can be had and how each would fit. */
export function ModelView({ named, backTo }: { named: RemoteName; backTo: string }) {
	const { t } = useTranslation('market');
	const { source, name } = named;
	const model = useMarket(({ models }) => models[nameKey(named)]);
	const error = useMarket(({ modelErrors }) => modelErrors[nameKey(named)]);
	const isOffline = useMarket(({ settings }) => settings?.offline ?? false);
	const open = useOpenLink();
	const heading = useRef<HTMLHeadingElement>(null);
	// Who came here by a link that is gone goes on reading at the top.
	useEffect(() => heading.current?.focus({ preventScroll: true }), []);
	useEffect(() => {
		if (!isOffline) void openModel({ source, name });
	}, [source, name, isOffline]);
	return (
		<Box component="article" aria-labelledby="model">
			<Button component={RouterLink} to={backTo} color="inherit" size="small" startIcon={<BackIcon />} sx={{ ml: -1, mb: 1 }}>
				{backTo.includes('?') ? t('model.backToResults') : t('model.backToCatalog')}
			</Button>
			<Box sx={{ display: 'flex', alignItems: 'flex-start', flexWrap: 'wrap', gap: 2, mb: 2 }}>
				<Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
					<Typography ref={heading} tabIndex={-1} id="model" variant="h1" component="h2" dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
						{model?.name ?? name}
					</Typography>
					<Facts source={sourceNames[source]} model={model} />
				</Box>
				{model && (
					<Button variant="outlined" color="inherit" size="small" onClick={() => open(model.pageUrl)}>
						{t('model.page', { source: sourceNames[source] })}
					</Button>
				)}
			</Box>
			<SourceError error={isOffline ? null : error} onAgain={() => void openModel(named)} sx={{ mb: 2 }} />
			{model && model.access !== 'open' && <AccessNotice model={model} />}
			{model && <FileTable model={model} isOffline={isOffline} />}
			{!model && !error && !isOffline && <Skeleton variant="rounded" height={320} aria-label={t('model.reading')} />}
		</Box>
	);
}

const mostTags = 8;

/** What the source says of a model, in a line, and its tags. */
function Facts({ source, model }: { source: string; model: RemoteModel | undefined }) {
	const { t, i18n } = useTranslation('market');
	const format = useFormat();
	const languages = nameLanguages(model?.languages ?? [], i18n.language);
	// Those with a colon are meant for machines: `license:mit`, `region:us`.
	const tags = [...new Set(model?.tags)].filter((tag) => !tag.includes(':')).slice(0, mostTags);
	const facts = [
		source,
		model?.license ? t('model.license', { license: model.license }) : model && t('results.noLicense'),
		languages.more > 0 ? t('languagesMore', { named: languages.named, count: languages.more }) : languages.named,
		typeof model?.downloads === 'number' ? t('model.downloads', { count: format.count(model.downloads) }) : '',
		typeof model?.updatedAt === 'number' ? t('model.updated', { when: format.moment(model.updatedAt) }) : '',
	];
	return (
		<>
			<Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{facts.filter(Boolean).join(' · ')}</Typography>
			{tags.length > 0 && (
				<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 1 }}>
					{tags.map((tag) => (
						<Chip key={tag} label={tag} variant="outlined" sx={{ maxWidth: 220 }} />
					))}
				</Box>
			)}
		</>
	);
}
