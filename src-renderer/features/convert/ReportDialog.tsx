import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversionFile } from '#contract/convertBatch.ts';
import type { ConvertReport } from '#contract/convertReport.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ReportPanel } from './ReportPanel.tsx';

/** What could not be carried of one file of a batch, or why it was not converted, whole. */
export function ReportDialog({ conversionId, file, onClose }: { conversionId: string; file: ConversionFile; onClose: () => void }) {
	const { t } = useTranslation('ui');
	const titleId = useId();
	const [report, setReport] = useState<ConvertReport | null>(null);
	const [error, setError] = useState<unknown>(file.failure);
	useEffect(() => {
		if (file.failure === null) client.convert.report({ conversionId, fileId: file.id }).then(setReport, setError);
	}, [conversionId, file.id, file.failure]);
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="md" fullWidth>
			<DialogTitle id={titleId} dir="auto">
				{file.name}
			</DialogTitle>
			<DialogContent>
				<ErrorNotice error={error} />
				{report !== null && <ReportPanel report={report} />}
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{t('close')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
