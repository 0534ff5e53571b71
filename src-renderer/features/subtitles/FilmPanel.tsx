import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { selectCue } from './benchStore.ts';
import { useDrafts } from './cueDraft.ts';
import { holdVideo, setFilm, setPosition, setUnplayable, useFilm } from './filmStore.ts';

/** A film of the reader's own beside the cues: the table follows it, and a cue that is pressed is sought in it. */
export function FilmPanel({ cues, cue }: { cues: readonly SubtitleCue[]; cue: SubtitleCue | null }) {
	const { t } = useTranslation('subtitles');
	const { url, name, isUnplayable, positionMs } = useFilm();
	const now = useMemo(
		() => cues.find(({ startMs, endMs, skip }) => skip !== 'comment' && startMs <= positionMs && positionMs < endMs) ?? null,
		[cues, positionMs],
	);
	const drafts = useDrafts((state) => state.drafts);
	useFollowing(now, cue);
	const take = ([file]: File[]) => {
		if (file) setFilm(file);
	};
	const said = now && (drafts[now.id] ?? now.target ?? now.source);
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
			{url !== null && !isUnplayable && (
				<Box sx={{ position: 'relative', bgcolor: '#000', borderRadius: 1, overflow: 'hidden', lineHeight: 0 }}>
					<Box
						component="video"
						ref={holdVideo}
						src={url}
						controls
						preload="metadata"
						aria-label={name}
						onTimeUpdate={(event) => setPosition(Math.round(event.currentTarget.currentTime * 1000))}
						onSeeked={(event) => setPosition(Math.round(event.currentTarget.currentTime * 1000))}
						onError={setUnplayable}
						sx={{ width: '100%', maxHeight: 260 }}
					/>
					{said !== null && <Caption text={visibleText(said)} />}
				</Box>
			)}
			{isUnplayable && (
				<Alert severity="warning" variant="outlined">
					{t('film.unplayable', { name })}
				</Alert>
			)}
			<DropArea onFiles={take}>
				<Typography sx={{ mb: 1 }}>{t(url === null ? 'film.drop' : 'film.other')}</Typography>
				<ChooseFiles label={t('film.choose')} accept="video/*,audio/*,.mkv" onFiles={take} />
			</DropArea>
			<Typography variant="caption" sx={{ color: 'text.secondary' }}>
				{t('film.stays')}
			</Typography>
		</Box>
	);
}

/** What is shown in the picture, as a viewer would see it. */
function Caption({ text }: { text: string }) {
	return (
		<Box sx={{ position: 'absolute', insetInline: 8, bottom: 68, textAlign: 'center', pointerEvents: 'none' }}>
			<Box
				component="span"
				dir="auto"
				sx={{
					display: 'inline-block',
					px: 1,
					py: 0.25,
					borderRadius: 0.5,
					bgcolor: 'rgba(0, 0, 0, 0.72)',
					color: '#fff',
					typography: 'body1',
					whiteSpace: 'pre-line',
				}}
			>
				{text}
			</Box>
		</Box>
	);
}

/** Selects the cue that the film has come to, unless somebody types. */
function useFollowing(now: SubtitleCue | null, cue: SubtitleCue | null): void {
	const nowId = now?.id ?? null;
	const cueId = cue?.id;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the film leads: what is selected by hand is not taken back
	useEffect(() => {
		const isTyping = document.activeElement instanceof HTMLTextAreaElement;
		if (nowId !== null && nowId !== cueId && !isTyping) selectCue(nowId);
	}, [nowId]);
}
