import Alert from '@mui/material/Alert';
import { useTranslation } from 'react-i18next';
import { forgetProposal, useProposedAdapter } from '../../rpc/useProposal.ts';

/** Says which adapter the next film is translated with, where one was chosen elsewhere. */
export function ProposalNotice() {
	const { t } = useTranslation('subtitles');
	const { t: ui } = useTranslation('ui');
	const adapter = useProposedAdapter('subtitles');
	if (!adapter) return null;
	return (
		<Alert severity="info" variant="outlined" onClose={forgetProposal} closeText={ui('close')} sx={{ mb: 2, bgcolor: 'background.paper' }}>
			{t('list.proposal', { name: adapter.name, model: adapter.modelName })}
		</Alert>
	);
}
