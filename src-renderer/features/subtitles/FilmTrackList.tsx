import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FilmTracks } from '#contract/filmTracks.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { arrangeTracks, type SubtitleTrack } from './arrangeTracks.ts';
import { likelyTarget, nameLanguage } from './languages.ts';
import { saveFonts, takeTrack, useNewFilm } from './newFilmStore.ts';

/** The subtitles in a film: each with what it is, and the act that makes a project of it or why it cannot be read. */
export function FilmTrackList({ tracks }: { tracks: FilmTracks }) {
	const { t } = useTranslation('subtitles');
	const hasText = tracks.subtitles.some(({ obstacle }) => obstacle === null);
	return (
		<Box>
			<Typography>{t(hasText ? 'fromFilm.choose' : tracks.sound.length > 0 ? 'fromFilm.noText' : 'fromFilm.nothing', { name: tracks.fileName })}</Typography>
			<Box component="ul" aria-label={t('fromFilm.tracks')} sx={{ m: 0, mt: 1, p: 0, listStyle: 'none' }}>
				{arrangeTracks(tracks.subtitles).map((track) => (
					<TrackRow key={track.id} track={track} />
				))}
			</Box>
			{tracks.fonts.length > 0 && <Fonts fonts={tracks.fonts} />}
		</Box>
	);
}

/** The fonts that styled subtitles are shown with: without them a player takes others. */
function Fonts({ fonts }: { fonts: FilmTracks['fonts'] }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const isBusy = useNewFilm((state) => state.isBusy);
	const save = async () => {
		const count = await saveFonts();
		if (count !== null) notify(t('fromFilm.fontsSaved', { count }));
	};
	const sizeBytes = fonts.reduce((sum, font) => sum + font.sizeBytes, 0);
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, py: 1, borderTop: 1, borderColor: 'divider' }}>
			<Typography variant="caption" title={fonts.map(({ fileName }) => fileName).join('\n')} sx={{ flex: 1, color: 'text.secondary' }}>
				{t('fromFilm.fonts', { count: fonts.length, size: format.bytes(sizeBytes) })}
			</Typography>
			<Button size="small" disabled={isBusy} onClick={() => void save()}>
				{t('fromFilm.saveFonts')}
			</Button>
		</Box>
	);
}

function TrackRow({ track }: { track: SubtitleTrack }) {
	const { t, i18n } = useTranslation('subtitles');
	const navigate = useNavigate();
	const { isBusy, targetLanguage } = useNewFilm();
	const language = track.language === null ? t('fromFilm.noLanguage') : nameLanguage(track.language, i18n.language);
	const name = [language, track.title].filter(Boolean).join(' · ');
	const likelyTargetOf = (source: string | null) => likelyTarget(i18n.language, source);
	// Where the film does not tell the language, that is found out as the track is read.
	const into = targetLanguage ?? (track.language === null ? null : likelyTargetOf(track.language));
	const about = [
		track.codec,
		track.obstacle === null && (into === null ? t('fromFilm.languageLater') : t('list.into', { target: nameLanguage(into, i18n.language) })),
		track.isDefault && t('fromFilm.default'),
		track.isForced && t('fromFilm.forced'),
	];
	const take = async () => {
		const projectId = await takeTrack(track.id, likelyTargetOf);
		if (projectId !== null) await navigate(`/subtitles/${projectId}`);
	};
	return (
		<Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 2, py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography dir="auto" noWrap>
					{name}
				</Typography>
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{about.filter(Boolean).join(' · ')}
				</Typography>
			</Box>
			{track.obstacle === null ? (
				<Button variant="contained" size="small" disabled={isBusy} aria-label={t('fromFilm.takeNamed', { name })} onClick={() => void take()}>
					{t('fromFilm.take')}
				</Button>
			) : (
				<Typography variant="caption" sx={{ color: 'text.secondary', maxWidth: 280 }}>
					{t(`fromFilm.obstacles.${track.obstacle}`)}
				</Typography>
			)}
		</Box>
	);
}
