import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { PathForm } from './PathForm.tsx';

/** Models that a Homeroom elsewhere exported to a folder, such as a USB stick. */
export function AddFromExport({ onStarted }: { onStarted: () => void }) {
	const { t } = useTranslation('library');
	const take = async (folder: string) => {
		await client.library.importFrom({ folder });
		onStarted();
	};
	return (
		<Box sx={{ pt: 1 }}>
			<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('fromExport.text')}</Typography>
			<PathForm label={t('export.folder')} example={t('export.example')} act={t('fromExport.act')} onPath={take} />
		</Box>
	);
}
