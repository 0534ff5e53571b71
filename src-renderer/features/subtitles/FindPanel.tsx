import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyAct } from '../../ui/notify.ts';
import { goTo } from './benchActs.ts';
import { endAct, keepDrafts } from './cueDraft.ts';
import { findInTargets, type TextSearch } from './findInTargets.ts';
import { replaceInTargets } from './subtitlesStore.ts';
import { useTurnAct } from './useTurnAct.ts';

/** So many hits are listed; all of them are replaced. */
const mostShown = 100;

/** Finds in the translations and replaces, tags left alone: the hits are seen with what would come of them before anything is done. */
export function FindPanel({ cues }: { cues: readonly SubtitleCue[] }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const turn = useTurnAct();
	const [search, setSearch] = useState<TextSearch>({ find: '', by: '', isCaseSensitive: false, isWholeWord: false, withApproved: false });
	const hits = useMemo(() => findInTargets(cues, search), [cues, search]);
	const inApproved = useMemo(() => findInTargets(cues, { ...search, withApproved: true }).length - hits.length, [cues, search, hits]);
	const set = (changes: Partial<TextSearch>) => setSearch({ ...search, ...changes });
	const replace = async () => {
		if (!(await keepDrafts())) return;
		endAct();
		const count = await replaceInTargets(search);
		if (count !== null) notifyAct(t('find.done', { count }), () => turn('undo'));
	};
	const option = (name: 'isCaseSensitive' | 'isWholeWord' | 'withApproved') => (
		<FormControlLabel
			control={<Checkbox size="small" checked={search[name]} onChange={(_event, isChecked) => set({ [name]: isChecked })} sx={{ py: 0.25 }} />}
			label={t(`find.${name}`)}
		/>
	);
	return (
		<Box
			component="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (hits.length > 0) void replace();
			}}
			sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}
		>
			<TextField
				autoFocus
				label={t('find.find')}
				value={search.find}
				onChange={(event) => set({ find: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
			/>
			<TextField
				label={t('find.by')}
				value={search.by}
				onChange={(event) => set({ by: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
			/>
			<Box sx={{ display: 'flex', flexDirection: 'column' }}>
				{option('isCaseSensitive')}
				{option('isWholeWord')}
				{option('withApproved')}
			</Box>
			<Button type="submit" variant="outlined" disabled={hits.length === 0}>
				{hits.length === 0 ? t('find.replaceAny') : t('find.replace', { count: hits.length })}
			</Button>
			<Typography role="status" variant="caption" sx={{ color: 'text.secondary' }}>
				{search.find === '' ? t('find.help') : hits.length > 0 && t('find.found', { count: hits.length })}
				{search.find !== '' && hits.length + inApproved === 0 && t('find.nowhere')}
				{inApproved > 0 && ` ${t('find.inApproved', { count: inApproved })}`}
			</Typography>
			<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
				{hits.slice(0, mostShown).map(({ cue, number, parts }) => (
					<Box component="li" key={cue.id} sx={{ borderTop: 1, borderColor: 'divider' }}>
						<ButtonBase onClick={() => void goTo(cue.id)} sx={{ display: 'block', width: '100%', textAlign: 'start', py: 0.75, typography: 'body1' }}>
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', mr: 1 }}>
								{format.number(number)}
							</Typography>
							<Box component="span" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
								{parts.map(({ text, isHit }, index) =>
									isHit ? (
										// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text stand in its order and never move
										<span key={index}>
											<Box component="del" sx={{ color: 'text.secondary' }}>
												{text}
											</Box>
											{search.by !== '' && (
												<Box component="ins" sx={{ textDecoration: 'none', fontWeight: 600 }}>
													{search.by}
												</Box>
											)}
										</span>
									) : (
										text
									),
								)}
							</Box>
						</ButtonBase>
					</Box>
				))}
			</Box>
			{hits.length > mostShown && <Typography variant="caption">{t('find.more', { count: hits.length - mostShown })}</Typography>}
		</Box>
	);
}
