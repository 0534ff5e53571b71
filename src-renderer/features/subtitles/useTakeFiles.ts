import { useTranslation } from 'react-i18next';
import { useMay } from '../../rpc/useMe.ts';
import { notify } from '../../ui/notify.ts';
import { takeFiles } from './takeFiles.ts';

/** Takes files in, and says so where not all of them were taken. */
export function useTakeFiles(): (files: readonly File[]) => void {
	const { t } = useTranslation('subtitles');
	const mayRead = useMay('admin');
	return (files) => {
		const film = takeFiles(files, mayRead);
		if (film) notify(t('fromFilm.oneAtATime', { name: film.name }));
	};
}
