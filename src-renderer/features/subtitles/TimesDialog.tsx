import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usualFps } from '#contract/breachesOf.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify, notifyAct } from '../../ui/notify.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { endAct, keepDrafts } from './cueDraft.ts';
import { formatTime } from './formatTime.ts';
import { orderOfTimes, type TimesDraft, timesKinds } from './orderOfTimes.ts';
import { layOver } from './subtitlesStore.ts';
import { useTurnAct } from './useTurnAct.ts';

const frameRates = ['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'];

const scopes = ['all', 'fromHere', 'chosen'] as const;
type Scope = (typeof scopes)[number];

/** Changes the times of all cues, of those that are chosen, or of all from there on, by one operation, which can be undone. */
export function TimesDialog({
	project,
	cues,
	chosen,
	onClose,
}: {
	project: SubtitleProject;
	cues: readonly SubtitleCue[];
	chosen: readonly SubtitleCue[];
	onClose: () => void;
}) {
	const { t } = useTranslation('subtitles');
	const turn = useTurnAct();
	const [scope, setScope] = useState<Scope>(chosen.length > 1 ? 'chosen' : 'all');
	const [first] = chosen;
	const [draft, setDraft] = useState<TimesDraft>(() => {
		const [first, last] = [formatTime(cues[0]?.startMs ?? 0), formatTime(cues.at(-1)?.startMs ?? 0)];
		return {
			kind: 'shift',
			by: '0',
			firstFrom: first,
			firstTo: first,
			secondFrom: last,
			secondTo: last,
			fromFps: '25',
			toFps: String(project.fps ?? usualFps),
		};
	});
	const order = orderOfTimes(draft);
	const set = (changes: Partial<TimesDraft>) => setDraft({ ...draft, ...changes });
	const apply = async () => {
		if (order === null || !(await keepDrafts())) return;
		endAct();
		const named = scope === 'chosen' ? chosen : first && cues.slice(cues.indexOf(first));
		const cueIds = scope === 'all' || !named ? null : named.map(({ id }) => id);
		const told = await client.subtitles.retime({ projectId: project.id, order, cueIds });
		layOver(told);
		const said = t('times.done', { count: told.changed.length });
		if (told.changed.length === 0) notify(said);
		else notifyAct(said, () => turn('undo'));
	};
	const field = (name: Exclude<keyof TimesDraft, 'kind'>) => (
		<TextField label={t(`times.${name}`)} value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />
	);
	const rate = (name: 'fromFps' | 'toFps') => (
		<SelectField label={t(`times.${name}`)} value={draft[name]} options={frameRates} onChange={(chosen) => set({ [name]: chosen })} />
	);
	return (
		<ConfirmDialog open title={t('times.title')} confirmLabel={t('times.apply')} isReady={order !== null} onConfirm={apply} onClose={onClose}>
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2, pt: 1, '& > :first-of-type': { gridColumn: '1 / -1' } }}>
				<SelectField
					label={t('times.kind')}
					value={draft.kind}
					options={timesKinds}
					name={(kind) => t(`times.kinds.${kind}`)}
					onChange={(chosen) => set({ kind: timesKinds.find((kind) => kind === chosen) ?? draft.kind })}
				/>
				{draft.kind === 'shift' && field('by')}
				{draft.kind === 'stretch' && (
					<>
						{field('firstFrom')}
						{field('firstTo')}
						{field('secondFrom')}
						{field('secondTo')}
					</>
				)}
				{draft.kind === 'frameRate' && rate('fromFps')}
				{(draft.kind === 'frameRate' || draft.kind === 'snap') && rate('toFps')}
			</Box>
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, my: 1 }}>
				{t(`times.help.${draft.kind}`)}
			</Typography>
			<Box sx={{ pt: 1, '& .MuiTextField-root': { width: '100%' } }}>
				<SelectField
					label={t('times.scope')}
					value={scope}
					options={scopes}
					name={(one) => t(`times.scopes.${one}`, { count: chosen.length, number: first ? cues.indexOf(first) + 1 : 1 })}
					onChange={(one) => setScope(scopes.find((known) => known === one) ?? scope)}
				/>
			</Box>
		</ConfirmDialog>
	);
}
