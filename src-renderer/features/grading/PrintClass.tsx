import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { printPage, savePagePdf } from '../../rpc/printPage.ts';
import { notify, notifyError } from '../../ui/notify.ts';

/** Prints how the class did, or in the window saves it as a PDF; a browser's own dialog does both. */
export function PrintClass({ title }: { title: string }) {
	const { t } = useTranslation('grading');
	const save = async () => {
		if (await savePagePdf(title)) notify(t('statistics.pdfSaved'));
	};
	return (
		<>
			<Button size="small" variant="outlined" color="inherit" onClick={() => printPage().catch(notifyError)}>
				{t('statistics.print')}
			</Button>
			{bridge() !== null && (
				<Button size="small" variant="outlined" color="inherit" onClick={() => save().catch(notifyError)}>
					{t('statistics.savePdf')}
				</Button>
			)}
		</>
	);
}
