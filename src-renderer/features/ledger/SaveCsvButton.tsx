import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../ui/notify.ts';
import { saveText } from '../../ui/saveText.ts';

interface Props {
	/** Asks the app for the file. */
	ask: () => Promise<{ fileName: string; text: string }>;
	isDisabled: boolean;
}

/** Saves a table as a file that spreadsheets read. */
export function SaveCsvButton({ ask, isDisabled }: Props) {
	const { t } = useTranslation('ledger');
	const [isSaving, setSaving] = useState(false);
	const save = async () => {
		setSaving(true);
		try {
			const { fileName, text } = await ask();
			saveText(fileName, text, 'text/csv');
		} catch (error) {
			notifyError(error);
		} finally {
			setSaving(false);
		}
	};
	return (
		<Button variant="outlined" color="inherit" loading={isSaving} disabled={isDisabled} onClick={() => void save()}>
			{t('exportCsv')}
		</Button>
	);
}
