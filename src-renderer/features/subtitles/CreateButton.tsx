import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notify } from '../../ui/notify.ts';
import { likelyTarget } from './languages.ts';
import { createProjects, useNewProject } from './newProjectStore.ts';
import { useGlossaryName } from './useGlossaryName.ts';

/** Makes projects of the files that could be read, and goes to the bench of the one, or to the list where there are several. */
export function CreateButton() {
	const { t, i18n } = useTranslation('subtitles');
	const navigate = useNavigate();
	const { files, isBusy, sourceLanguage, targetLanguage } = useNewProject();
	const glossaryName = useGlossaryName();
	const readable = files.filter(({ preview }) => preview !== null).length;
	const isReading = files.some(({ preview, error }) => preview === null && error === null);
	const create = async () => {
		const made = await createProjects(targetLanguage ?? likelyTarget(i18n.language, sourceLanguage), glossaryName);
		const [only] = made;
		if (useNewProject.getState().error !== null || !only) return;
		const left = files.length - readable;
		if (left > 0) notify(t('new.leftOut', { count: left }));
		await navigate(made.length === 1 ? `/subtitles/${only.id}` : '/subtitles');
	};
	return (
		<Button variant="contained" loading={isBusy} disabled={readable === 0 || isReading} onClick={() => void create()}>
			{t('new.create', { count: Math.max(1, readable) })}
		</Button>
	);
}
