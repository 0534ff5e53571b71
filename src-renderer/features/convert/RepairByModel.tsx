import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RepairedPlace } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import type { useRepair } from './useRepair.ts';

interface Props {
	/** What is to be repaired next. */
	source: string;
	from: FormatName;
	/** Rules made it whole already: the model would do it in their place. */
	isInstead: boolean;
	by: ReturnType<typeof useRepair>;
}

/** Has a model repair what is broken, after its cost was told, and names what it changed in each place. */
export function RepairByModel({ source, from, isInstead, by }: Props) {
	const { t } = useTranslation('convert');
	const choice = usePickedModel();
	const { model, models, adapter } = choice;
	const { repaired, busy, error, repair, stop } = by;
	const who = { modelId: model?.id ?? '', adapter };
	const refused = repaired?.refused ?? null;
	return (
		<Box component="section" aria-label={t('repair.label')} sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
			<Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap', minHeight: 40 }}>
				<Typography sx={{ fontWeight: 600 }}>{t('repair.label')}</Typography>
				{models?.length === 0 && (
					<>
						<Typography sx={{ color: 'text.secondary' }}>{t('records.noModel')}</Typography>
						<Button size="small" variant="outlined" color="inherit" component={Link} to="/models">
							{t('records.toModels')}
						</Button>
					</>
				)}
				{busy === null && model !== null && repaired?.isWhole !== true && (
					<>
						<ModelChoice choice={choice} sx={{ width: 240 }} />
						<Button size="small" variant="outlined" color="inherit" onClick={() => void repair(source, who)}>
							{t(refused ? 'repair.again' : isInstead ? 'repair.instead' : 'repair.rest')}
						</Button>
						<Cost source={source} from={from} who={who} />
					</>
				)}
				{busy !== null && <Working busy={busy} onStop={stop} />}
			</Box>
			<ErrorNotice error={error} />
			{repaired !== null && (repaired.places.length > 0 || refused !== null) && (
				<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 140, overflow: 'auto' }}>
					{repaired.places.map((place, at) => (
						// Two repairs may be of one line; they come one after the other and none is taken out.
						// biome-ignore lint/suspicious/noArrayIndexKey: see above
						<Place key={at} place={place} />
					))}
					{refused !== null && (
						<Box component="li" sx={{ py: 0.25 }}>
							<StateLabel tone="warn" label={t(`repair.refused.${refused.why}`, { line: refused.line ?? 0 })} />
							{refused.reply !== '' && (
								<Typography component="pre" variant="caption" dir="auto" sx={{ m: 0, mt: 0.5, whiteSpace: 'pre-wrap', color: 'text.secondary' }}>
									{refused.reply.slice(0, 400)}
								</Typography>
							)}
						</Box>
					)}
				</Box>
			)}
		</Box>
	);
}

/** One place that was repaired: words that were left out or added are to be looked at. */
function Place({ place: { line, left, added } }: { place: RepairedPlace }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const words = [
		left.length > 0 ? t('repair.left', { words: left.join(' ') }) : '',
		added.length > 0 ? t('repair.added', { words: added.join(' ') }) : '',
	].filter(Boolean);
	return (
		<Box component="li" sx={{ display: 'flex', gap: 2, py: 0.25, alignItems: 'baseline' }}>
			<Typography sx={{ flex: 'none', minWidth: 96, fontVariantNumeric: 'tabular-nums' }}>{t('place.line', { line: format.number(line) })}</Typography>
			<StateLabel tone={left.length > 0 ? 'warn' : 'quiet'} label={words.length > 0 ? words.join(' · ') : t('repair.sameWords')} />
		</Box>
	);
}

function Working({ busy, onStop }: { busy: NonNullable<Props['by']['busy']>; onStop: () => void }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const title = busy.step === 'loading' ? t('records.loading') : t('repair.writing', { line: format.number(busy.line) });
	return (
		<Box sx={{ flex: 1, minWidth: 240 }}>
			<ProgressLine title={title} fraction={null}>
				<Button size="small" color="inherit" onClick={onStop}>
					{t('records.stop')}
				</Button>
			</ProgressLine>
		</Box>
	);
}

/** About what the next place costs. */
function Cost({ source, from, who }: { source: string; from: FormatName; who: { modelId: string; adapter: ReturnType<typeof usePickedModel>['adapter'] } }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const [cost, setCost] = useState<{ line: number; tokens: number } | null>(null);
	const { modelId, adapter } = who;
	useEffect(() => {
		setCost(null);
		const left = new AbortController();
		// Why it cannot be told is told by the act itself.
		client.convert.repairCost({ content: source, from, modelId, adapter }, { signal: left.signal }).then(setCost, () => undefined);
		return () => left.abort();
	}, [source, from, modelId, adapter]);
	return (
		<Typography role="status" sx={{ color: 'text.secondary' }}>
			{cost === null ? '' : t('repair.cost', { tokens: format.number(cost.tokens), line: format.number(cost.line) })}
		</Typography>
	);
}
