import Button from '@mui/material/Button';
import Switch from '@mui/material/Switch';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptAnswers } from '#contract/cache.ts';
import { keepDeletedDays } from '#contract/keepDeleted.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { Choice } from './Choice.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { useSettings } from './settingsStore.ts';

const mebibyte = 2 ** 20;

/** Answers that are kept to be given again: what is kept, and for administrators whether, for how long, how much and at what price. */
export function CacheSettings() {
	const { t } = useTranslation('settings');
	const format = useFormat();
	const isAdmin = useMay('admin');
	const [kept, setKept] = useState<KeptAnswers | null>(null);
	const [isAsking, setAsking] = useState(false);
	useEffect(() => {
		client.cache.kept().then(setKept, notifyError);
	}, []);
	const clear = (act: () => Promise<KeptAnswers>) => act().then(setKept, notifyError);
	const amount = ({ answers, bytes }: KeptAnswers['own']) => t('cache.amount', { count: answers, number: format.number(answers), bytes: format.bytes(bytes) });
	return (
		<Section title={t('cache.title')}>
			{isAdmin && <CacheRules />}
			<SectionRow label={t('cache.own')} help={kept ? amount(kept.own) : ' '}>
				{() => (
					<Button
						variant="outlined"
						color="inherit"
						size="small"
						disabled={!kept || kept.own.answers === 0}
						onClick={() => void clear(() => client.cache.clear())}
					>
						{t('cache.forget')}
					</Button>
				)}
			</SectionRow>
			{kept?.all && (
				<SectionRow label={t('cache.all')} help={amount(kept.all)}>
					{() => (
						<Button variant="outlined" color="inherit" size="small" disabled={kept.all?.answers === 0} onClick={() => setAsking(true)}>
							{t('cache.forgetAll')}
						</Button>
					)}
				</SectionRow>
			)}
			<ConfirmDialog
				open={isAsking}
				title={t('cache.confirm.title')}
				confirmLabel={t('cache.forgetAll')}
				onClose={() => setAsking(false)}
				isDestructive
				onConfirm={async () => setKept(await client.cache.clearAll())}
			>
				{t('cache.confirm.text')}
			</ConfirmDialog>
		</Section>
	);
}

function CacheRules() {
	const { t } = useTranslation('settings');
	const { settings, change } = useSettings();
	if (!settings) return null;
	return (
		<>
			<SectionRow label={t('cache.isOn.label')} help={t('cache.isOn.help')}>
				{(labelId) => (
					<Switch
						checked={settings.keepAnswers}
						onChange={(_event, keepAnswers) => void change({ keepAnswers })}
						slotProps={{ input: { 'aria-labelledby': labelId } }}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('cache.charge.label')} help={t('cache.charge.help')}>
				{(labelId) => (
					<Choice
						labelId={labelId}
						value={settings.repeatCharge}
						onChange={(repeatCharge) => void change({ repeatCharge })}
						options={{ free: t('cache.charge.free'), surcharge: t('cache.charge.surcharge'), full: t('cache.charge.full') }}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('cache.days.label')} help={t('cache.days.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={settings.keepAnswersDays}
						most={keepDeletedDays}
						unit={t('cache.days.unit')}
						emptyLabel="7"
						onChange={(days) => void change({ keepAnswersDays: days ?? 7 })}
					/>
				)}
			</SectionRow>
			<SectionRow label={t('cache.room.label')} help={t('cache.room.help')}>
				{(labelId) => (
					<NumberSetting
						labelId={labelId}
						value={Math.round(settings.keepAnswersBytes / mebibyte)}
						most={102_400}
						unit="MiB"
						emptyLabel="256"
						onChange={(size) => void change({ keepAnswersBytes: (size ?? 256) * mebibyte })}
					/>
				)}
			</SectionRow>
		</>
	);
}
