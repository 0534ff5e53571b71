import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../rpc/client.ts';
import { useJobs, useSettingsNow } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { useSpeedWords } from '../../ui/useSpeedWords.ts';
import { type CatalogItem, recommendEntry } from './recommendEntry.ts';

/** The model of the catalogue that suits this machine best, and its download; nothing where none fits or one is on its way already. */
export function RecommendedModel() {
	const { t, i18n } = useTranslation('home');
	const format = useFormat();
	const speedWords = useSpeedWords();
	const navigate = useNavigate();
	const [items, setItems] = useState<readonly CatalogItem[]>([]);
	const [isAsking, setAsking] = useState(false);
	const isOffline = useSettingsNow().value?.offline ?? false;
	const isComing = useJobs().value?.some(({ kind, endedAt }) => kind === 'download' && endedAt === null) ?? false;
	useEffect(() => {
		let isCurrent = true;
		// Where it cannot be read, the Models screen says why.
		client.market.catalog().then((read) => isCurrent && setItems(read), notifyError);
		return () => {
			isCurrent = false;
		};
	}, []);
	const found = recommendEntry(items, i18n.language);
	if (found === null || isComing) return null;
	const { entry, verdict } = found;
	const fetchModel = async () => {
		setAsking(true);
		try {
			const model = await client.market.show({ source: 'huggingface', name: entry.repo });
			const file = model.files.find(({ id }) => id === entry.file);
			if (file) await client.market.download({ source: 'huggingface', name: entry.repo, revision: model.revision, fileId: file.id });
			else await navigate(`/models/find?${new URLSearchParams({ source: 'huggingface', name: entry.repo })}`);
		} catch (error) {
			notifyError(error);
		} finally {
			setAsking(false);
		}
	};
	// Chinese sets no space between sentences.
	const joint = i18n.language === 'zh' ? '' : ' ';
	const summary = i18n.language === 'zh' ? entry.summary.zh : entry.summary.en;
	const facts = [entry.sizeBytes === null ? '' : format.bytes(entry.sizeBytes), entry.license, verdict?.kind === 'fits' ? t('first.fits') : '']
		.filter(Boolean)
		.join(' · ');
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1.5, borderTop: 1, borderColor: 'divider' }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography sx={{ fontWeight: 550 }}>{t('first.recommended', { name: entry.name })}</Typography>
				<Typography sx={{ color: 'text.secondary' }}>{[summary, speedWords(verdict?.speed ?? null)].filter(Boolean).join(joint)}</Typography>
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{isOffline ? t('first.offline') : facts}
				</Typography>
			</Box>
			<Button variant="outlined" color="inherit" disabled={isOffline} loading={isAsking} onClick={() => void fetchModel()} sx={{ minWidth: 136 }}>
				{t('first.download')}
			</Button>
		</Box>
	);
}
