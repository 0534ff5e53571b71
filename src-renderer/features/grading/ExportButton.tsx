import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '#contract/grading.ts';
import { ExportDialog } from './ExportDialog.tsx';

/** Opens the choice of what is given out of a class. */
export function ExportButton({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<Button
				variant="outlined"
				color="inherit"
				aria-label={t('export.open')}
				aria-haspopup="dialog"
				onClick={() => setOpen(true)}
				sx={{ minWidth: 0, gap: 1, px: { xs: 1, lg: 1.75 } }}
			>
				<DownloadIcon fontSize="small" />
				<Box component="span" sx={{ display: { xs: 'none', lg: 'inline' } }}>
					{t('export.open')}
				</Box>
			</Button>
			{isOpen && <ExportDialog assignment={assignment} onClose={() => setOpen(false)} />}
		</>
	);
}
