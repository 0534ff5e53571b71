import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { useMay } from '../../rpc/useMe.ts';
import { notify } from '../../ui/notify.ts';
import { askForPath, readFilm } from './newFilmStore.ts';
import { addFiles } from './newProjectStore.ts';

const filmEndings = /\.(?:mkv|mka|webm|mp4|m4v|m4a|mov|wav)$/i;

/** Takes dropped or chosen files in: those of subtitles as they are, a film by its path, as it is read where it is and never sent. */
export function useTakeFiles(): (files: readonly File[]) => void {
	const { t } = useTranslation('subtitles');
	const mayRead = useMay('admin');
	return (files) => {
		const films = mayRead ? files.filter(({ name }) => filmEndings.test(name)) : [];
		const others = files.filter((file) => !films.includes(file));
		if (others.length > 0) addFiles(others);
		const [film] = films;
		if (!film) return;
		const path = bridge()?.pathForFile(film);
		if (path) void readFilm(path);
		else askForPath(film.name);
		if (films.length > 1) notify(t('fromFilm.oneAtATime', { name: film.name }));
	};
}
