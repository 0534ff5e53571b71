import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { readPath } from '../../ui/readPath.ts';
import { Section } from '../../ui/Section.tsx';
import { FilmTrackList } from './FilmTrackList.tsx';
import { LanguageField } from './LanguageField.tsx';
import { ListenForm } from './ListenForm.tsx';
import { likelyTarget } from './languages.ts';
import { readFilm, setFilmTarget, setTypedPath, useNewFilm } from './newFilmStore.ts';

/** Makes a project of the subtitles in a film of this machine, or of what is said in it. */
export function FromFilm() {
	const { t, i18n } = useTranslation('subtitles');
	const { path, tracks, targetLanguage, error } = useNewFilm();
	const source = tracks?.subtitles.find(({ obstacle, language }) => obstacle === null && language !== null)?.language ?? null;
	const target = targetLanguage ?? likelyTarget(i18n.language, source);
	return (
		<Box sx={{ mt: 3 }}>
			<Section title={t('fromFilm.title')}>
				<Box sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
					<FilmPath />
					{path !== null && (
						<>
							<Box sx={{ maxWidth: 280, '& .MuiTextField-root': { width: '100%' } }}>
								<LanguageField label={t('new.targetLanguage')} value={target} onChange={setFilmTarget} />
							</Box>
							{tracks !== null && <FilmTrackList tracks={tracks} />}
							{(tracks === null || tracks.sound.length > 0) && <ListenForm key={path} tracks={tracks} target={target} />}
						</>
					)}
					<ErrorNotice error={error} />
				</Box>
			</Section>
		</Box>
	);
}

/** Where the film is. */
function FilmPath() {
	const { t } = useTranslation('subtitles');
	const { isBusy, typed, droppedName } = useNewFilm();
	const read = readPath(typed);
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		if (droppedName !== null) field.current?.focus();
	}, [droppedName]);
	return (
		<Box
			component="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (read && !isBusy) void readFilm(read);
			}}
			sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}
		>
			<TextField
				fullWidth
				label={t('fromFilm.path')}
				placeholder="/films/name.mkv"
				helperText={droppedName === null ? t('fromFilm.pathHelp') : t('fromFilm.pathOf', { name: droppedName })}
				inputRef={field}
				value={typed}
				onChange={(event) => setTypedPath(event.target.value)}
				slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 4096 } }}
			/>
			<Button type="submit" variant="outlined" disabled={!read} loading={isBusy} sx={{ mt: '2px', flex: 'none' }}>
				{t('fromFilm.read')}
			</Button>
		</Box>
	);
}
