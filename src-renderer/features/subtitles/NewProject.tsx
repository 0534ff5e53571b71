import FileIcon from '@mui/icons-material/SubtitlesOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { FormPage } from '../../ui/FormPage.tsx';
import { notify } from '../../ui/notify.ts';
import { subtitleEndings } from '../../ui/subtitleEndings.ts';
import { useAim } from '../../ui/useAim.ts';
import { CreateButton } from './CreateButton.tsx';
import { exampleFile } from './exampleFile.ts';
import { FileList } from './FileList.tsx';
import { FilePreview } from './FilePreview.tsx';
import { FromFilm } from './FromFilm.tsx';
import { useNewFilm } from './newFilmStore.ts';
import { clearForm, useNewProject } from './newProjectStore.ts';
import { ProjectForm } from './ProjectForm.tsx';
import { useTakeFiles } from './useTakeFiles.ts';

/** Takes subtitle files in, one or a whole season, shows what each was read as, and asks what the translation is to be; or takes them from a film. */
export function NewProject() {
	const { t } = useTranslation('subtitles');
	const navigate = useNavigate();
	const files = useNewProject((state) => state.files);
	const take = useTakeFiles();
	const isFilmWanted = useNewFilm((state) => state.isWanted);
	const mayRead = useMay('admin');
	const shownId = useNewProject((state) => state.shownId);
	useAim(['example'], true, () => files.length === 0 && take([exampleFile()]));
	const shown = files.find(({ id }) => id === shownId) ?? files[0];
	const discard = async () => {
		const bringBack = clearForm();
		await navigate('/subtitles');
		notify(t('new.discarded'), async () => {
			bringBack();
			await navigate('/subtitles/new');
		});
	};
	return (
		<FormPage
			title={t('new.title')}
			back={{ to: '/subtitles', label: t('new.back') }}
			onDiscard={files.length === 0 ? null : () => void discard()}
			act={<CreateButton />}
		>
			<DropArea takesFolders onFiles={take}>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: files.length === 0 ? 160 : 0 }}>
					<Box sx={{ color: 'text.secondary', lineHeight: 0 }}>
						<FileIcon />
					</Box>
					<Box sx={{ flex: 1 }}>
						<Typography>{t(files.length > 0 ? 'new.dropMore' : mayRead ? 'new.dropFilm' : 'new.drop')}</Typography>
						<Typography variant="caption" sx={{ color: 'text.secondary' }}>
							{t('new.formats')}
						</Typography>
					</Box>
					<ChooseFiles label={t('new.choose')} accept={mayRead ? `${subtitleEndings},video/*,.mkv,.wav` : subtitleEndings} isMany onFiles={take} />
				</Box>
			</DropArea>
			{(!shown || isFilmWanted) && mayRead && <FromFilm />}
			{shown && (
				<Box sx={{ mt: 2, display: 'grid', gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) minmax(320px, 420px)' }, gap: 2, alignItems: 'start' }}>
					<Box sx={{ minWidth: 0 }}>
						<FileList files={files} shownId={shown.id} />
						<FilePreview key={shown.id} file={shown} />
					</Box>
					<ProjectForm />
				</Box>
			)}
		</FormPage>
	);
}
