import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { CheckedList } from './CheckedList.tsx';
import { choose, useNewDataset } from './newDatasetStore.ts';
import { tagWord } from './subtitleLanguages.ts';
import { useAsked } from './useAsked.ts';

const ask = () => client.subtitles.list();

/** Chooses the translations of which the settled cues are learnt: of one pair of languages, since an adapter is to learn one. */
export function CuesSource() {
	const { t } = useTranslation('finetune');
	const { value: projects, error } = useAsked(ask);
	const translated = projects?.filter(({ counts }) => counts.translated > 0);
	return (
		<>
			<ErrorNotice error={error} />
			{translated?.length === 0 && (
				<>
					<Typography>{t('datasets.source.noCues')}</Typography>
					<Button variant="outlined" size="small" component={Link} to="/subtitles" sx={{ alignSelf: 'start' }}>
						{t('datasets.source.toSubtitles')}
					</Button>
				</>
			)}
			{translated !== undefined && translated.length > 0 && <Films projects={translated} />}
		</>
	);
}

function Films({ projects }: { projects: readonly SubtitleProject[] }) {
	const { t, i18n } = useTranslation('finetune');
	const format = useFormat();
	const chosen = useNewDataset((state) => state.projectIds);
	const byPair = Map.groupBy(projects, pairOf);
	const [asked, setAsked] = useState<string | null>(null);
	const chosenPair = projects.filter(({ id }) => chosen.includes(id)).map(pairOf)[0];
	const pair = [asked, chosenPair].find((one) => one && byPair.has(one)) ?? [...byPair.keys()][0] ?? '';
	const nameOf = (key: string) => {
		const [source, target] = [byPair.get(key)?.[0]?.sourceLanguage, byPair.get(key)?.[0]?.targetLanguage].map((tag) => tag && tagWord(tag, i18n.language));
		return source ? `${source} → ${target}` : t('datasets.source.intoOnly', { target });
	};
	return (
		<>
			{byPair.size > 1 && (
				<SelectField
					label={t('datasets.source.languages')}
					value={pair}
					options={[...byPair.keys()]}
					name={nameOf}
					onChange={(key) => {
						setAsked(key);
						choose({ projectIds: [] });
					}}
				/>
			)}
			<CheckedList
				label={t('datasets.source.films')}
				items={(byPair.get(pair) ?? []).map(({ id, title, counts }) => ({
					...{ id, title },
					detail: t('datasets.source.approved', { approved: format.number(counts.approved) }),
				}))}
				checkedIds={chosen}
				onChange={(projectIds) => choose({ projectIds })}
			/>
		</>
	);
}

function pairOf({ sourceLanguage, targetLanguage }: SubtitleProject): string {
	return `${sourceLanguage} ${targetLanguage}`;
}
