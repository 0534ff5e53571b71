import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { forgetProposal } from '../../rpc/useProposal.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { openPanel } from './benchStore.ts';
import { keepProject } from './subtitlesStore.ts';
import { useEstimate } from './useEstimate.ts';
import { useSeason } from './useSeason.ts';
import { type Work, works } from './works.ts';

interface Props {
	project: SubtitleProject;
	modelId: string;
	adapter: AttachedAdapter | null;
	onClose: () => void;
}

/** Asks what a model is to do with a film, or with its whole season, and says what that will cost; where the balance does not pay for it, it cannot be started. */
export function StartDialog({ project, modelId, adapter, onClose }: Props) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const [work, setWork] = useState<Work>('untranslated');
	// What is found would have nowhere to go.
	const offered = workNames.filter((one) => one !== 'glossary' || project.glossaryId !== null);
	const [isSeason, setSeason] = useState(false);
	const others = useSeason(project);
	const projectIds = [project.id, ...(isSeason ? others.map(({ id }) => id) : [])];
	const balance = useBalance().value?.balance ?? null;
	const [replacesHandwritten, setReplacing] = useState(false);
	const order = { projectIds, modelId, adapter, ...works[work], replacesHandwritten };
	const { estimate, error } = useEstimate(order);
	// It does not go away while the cost is worked out anew.
	const handwritten = useRef(0);
	if (estimate !== null) handwritten.current = estimate.handwritten;
	const isPaid = balance !== null && estimate !== null && (!balance.isMetered || estimate.least <= balance.available);
	const isShort = isPaid && balance.isMetered && estimate.tokens > balance.available;
	const start = async () => {
		for (const started of await client.subtitles.start(order)) keepProject(started);
		forgetProposal();
		// Where what is proposed will be seen.
		if (work === 'glossary') openPanel('glossary');
	};
	return (
		<ConfirmDialog open title={t('start.title')} confirmLabel={t('start.confirm')} isReady={isPaid && estimate.cues > 0} onConfirm={start} onClose={onClose}>
			<RadioGroup aria-label={t('start.work')} value={work} onChange={(_event, chosen) => setWork(workNames.find((one) => one === chosen) ?? work)}>
				{offered.map((one) => (
					<FormControlLabel key={one} value={one} control={<Radio size="small" />} label={t(`start.works.${one}`)} />
				))}
			</RadioGroup>
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, mb: 1 }}>
				{t(`start.help.${work}`)}
			</Typography>
			{work === 'unapproved' && handwritten.current > 0 && (
				<FormControlLabel
					control={<Checkbox size="small" checked={replacesHandwritten} onChange={(_event, isChecked) => setReplacing(isChecked)} />}
					label={
						<>
							{t('start.replaces', { count: handwritten.current })}
							<Typography variant="caption" component="div" sx={{ color: replacesHandwritten ? 'warning.main' : 'text.secondary' }}>
								{t(replacesHandwritten ? 'start.replaced' : 'start.stays', { count: handwritten.current })}
							</Typography>
						</>
					}
				/>
			)}
			{others.length > 0 && (
				<FormControlLabel
					control={<Checkbox size="small" checked={isSeason} onChange={(_event, isChecked) => setSeason(isChecked)} />}
					label={t('start.season', { count: others.length, season: project.season })}
				/>
			)}
			<Typography
				role="status"
				sx={{ minHeight: 42, mt: 1, fontVariantNumeric: 'tabular-nums', color: estimate && balance && (!isPaid || isShort) ? 'warning.main' : 'text.primary' }}
			>
				{estimate === null || balance === null ? (
					error === null && <Skeleton component="span" />
				) : (
					<>
						{t(estimate.isCounted ? 'start.counted' : 'start.cost', {
							count: estimate.cues,
							cues: format.number(estimate.cues),
							tokens: format.number(estimate.tokens),
						})}{' '}
						{balance.isMetered && t('start.left', { left: format.number(balance.available) })} {!isPaid && t('start.tooLittle')} {isShort && t('start.short')}
					</>
				)}
			</Typography>
			<ErrorNotice error={error} />
		</ConfirmDialog>
	);
}

const workNames = ['untranslated', 'unapproved', 'glossary'] as const satisfies readonly Work[];
