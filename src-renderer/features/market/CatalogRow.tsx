import Box from '@mui/material/Box';
import Collapse from '@mui/material/Collapse';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useNavigate } from 'react-router';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { isUnderway } from './downloadActs.ts';
import { ExpandButton } from './ExpandButton.tsx';
import { FileAct } from './FileAct.tsx';
import { FitBadge } from './FitBadge.tsx';
import { FitDetails } from './FitDetails.tsx';
import type { CatalogItem } from './filterCatalog.ts';
import { HereAs } from './HereAs.tsx';
import { nameLanguages } from './languageName.ts';
import { downloadEntry, type Fit, fileKey, useMarket } from './marketStore.ts';

/** One known model: its name, what it is good for, what it takes, whether it fits, and one act. */
export function CatalogRow({ item }: { item: CatalogItem }) {
	const { t } = useTranslation('market');
	const navigate = useNavigate();
	const detailsId = useId();
	const [isOpen, setOpen] = useState(false);
	const isOffline = useMarket(({ settings }) => settings?.offline ?? false);
	const { entry, verdict, modelId } = item;
	const file = fileKey({ source: 'huggingface', name: entry.repo }, entry.file);
	const fit: Fit | null = verdict && { kind: 'known', verdict: { verdict, basis: 'estimate' } };
	const page = `/models/find?${new URLSearchParams({ source: 'huggingface', name: entry.repo })}`;
	const start = async () => {
		const end = await downloadEntry(item);
		if (end === 'notThere') {
			notify(t('catalog.moved', { name: entry.name }));
			void navigate(page);
		} else if (end !== null) notify(t(isUnderway(end) ? 'act.started' : 'act.standsStill', { name: entry.name }));
	};
	return (
		<Box component="li" sx={{ px: 1, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
				<ExpandButton name={entry.name} isOpen={isOpen} controls={detailsId} onToggle={() => setOpen(!isOpen)} />
				<Box sx={{ flex: 1, minWidth: 0 }}>
					<EntryWords entry={entry} page={isOffline ? null : page} />
					<HereAs file={file} modelId={modelId} />
				</Box>
				<Box sx={{ width: 96, flex: 'none' }}>
					<FitBadge fit={fit ?? { kind: 'failed', error: null }} />
				</Box>
				<Box sx={{ width: 120, flex: 'none', display: 'flex', justifyContent: 'flex-end', pr: 1 }}>
					<FileAct file={file} name={entry.name} modelId={modelId} isDisabled={isOffline} onDownload={() => void start()} />
				</Box>
			</Box>
			<Box id={detailsId}>
				<Collapse in={isOpen} unmountOnExit>
					<Box sx={{ pl: 5, pr: 1, pt: 1.5 }}>
						{fit ? <FitDetails fit={fit} /> : <Typography sx={{ color: 'text.secondary' }}>{t('catalog.noShape')}</Typography>}
					</Box>
				</Collapse>
			</Box>
		</Box>
	);
}

/** What a known model is called and good for, and what one wants to know of it; `page` leads to its files. */
function EntryWords({ entry, page }: { entry: CatalogItem['entry']; page: string | null }) {
	const { t, i18n } = useTranslation('market');
	const format = useFormat();
	const languages = nameLanguages(entry.languages, i18n.language);
	const facts = [
		entry.sizeBytes === null ? t('catalog.sizeUnknown') : format.bytes(entry.sizeBytes),
		entry.quantization,
		entry.license,
		languages.more > 0 ? t('languagesMore', { named: languages.named, count: languages.more }) : languages.named,
	];
	return (
		<>
			<Typography variant="h3" component="h3">
				{page === null ? (
					entry.name
				) : (
					<Link component={RouterLink} to={page} color="inherit" underline="hover">
						{entry.name}
					</Link>
				)}
			</Typography>
			<Typography>{i18n.language === 'zh' ? entry.summary.zh : entry.summary.en}</Typography>
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{facts.filter(Boolean).join(' · ')}
			</Typography>
		</>
	);
}
