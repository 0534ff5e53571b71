import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilmTracks, speechModels } from '#contract/filmTracks.ts';
import { readPath } from '../../ui/readPath.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { ListenProgress } from './ListenProgress.tsx';
import { nameLanguage } from './languages.ts';
import { listenTo, useNewFilm } from './newFilmStore.ts';

/**
 * Has the speech of a film recognised: with which model, from which track of sound. `tracks` is null of a WAV file. It is folded away where the film
 * has subtitles.
 */
export function ListenForm({ tracks, target }: { tracks: FilmTracks | null; target: string }) {
	const { t, i18n } = useTranslation('subtitles');
	const { isBusy, listening } = useNewFilm();
	const [typed, setTyped] = useState('');
	const [soundAt, setSoundAt] = useState(0);
	const folder = readPath(typed);
	const isFirst = tracks === null || tracks.subtitles.every(({ obstacle }) => obstacle !== null);
	const canHear = tracks === null || tracks.hasDecoder;
	const nameSound = (at: string) => {
		const sound = tracks?.sound[Number(at)];
		const language = sound?.language ? nameLanguage(sound.language, i18n.language) : t('fromFilm.noLanguage');
		return [language, sound?.title, sound?.codec].filter(Boolean).join(' · ');
	};
	return (
		<Box component="details" open={isFirst || listening !== null} sx={{ borderTop: 1, borderColor: 'divider', pt: 2 }}>
			<Typography component="summary" variant="h3" sx={{ cursor: 'pointer', width: 'fit-content' }}>
				{t('listen.title')}
			</Typography>
			<Box
				component="form"
				onSubmit={(event) => {
					event.preventDefault();
					if (folder && canHear && !isBusy) void listenTo(folder, soundAt, target);
				}}
				sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, mt: 1.5 }}
			>
				<Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
					<Typography>{t('listen.needs')}</Typography>
					<Box component="ul" sx={{ my: 0.5, pl: 3 }}>
						<li>{t('listen.many', { name: speechModels.names[0] })}</li>
						<li>{t('listen.fast', { name: speechModels.names[1] })}</li>
					</Box>
					<Typography>{t('listen.where', { address: speechModels.address })}</Typography>
				</Box>
				{!canHear && (
					<Alert severity="warning" variant="outlined">
						{t('listen.noDecoder')}
					</Alert>
				)}
				{tracks !== null && tracks.sound.length > 1 && (
					<SelectField
						label={t('listen.sound')}
						value={String(soundAt)}
						options={tracks.sound.map((_sound, at) => String(at))}
						name={nameSound}
						onChange={(at) => setSoundAt(Number(at))}
					/>
				)}
				<Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
					<TextField
						fullWidth
						label={t('listen.folder')}
						placeholder={`/models/${speechModels.names[0]}`}
						helperText={t('fromFilm.pathHelp')}
						value={typed}
						onChange={(event) => setTyped(event.target.value)}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 4096 } }}
					/>
					<Button type="submit" variant="outlined" disabled={!folder || !canHear || isBusy} sx={{ mt: '2px', flex: 'none' }}>
						{t('listen.start')}
					</Button>
				</Box>
				{listening !== null && <ListenProgress {...listening} />}
			</Box>
		</Box>
	);
}
