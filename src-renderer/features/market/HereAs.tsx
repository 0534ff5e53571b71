import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFileState } from './useFileState.ts';

/** Under what name a file that can be had is in the library already; nothing where it is not. */
export function HereAs({ file, modelId }: { file: string; modelId: string | null }) {
	const { t } = useTranslation('market');
	const { here } = useFileState(file, modelId);
	if (!here?.name) return null;
	return (
		<Typography variant="caption" component="p">
			{t('files.here', { name: here.name })}
		</Typography>
	);
}
