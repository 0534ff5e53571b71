import AddIcon from '@mui/icons-material/PersonAddAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '#contract/grading.ts';
import { useAim } from '../../ui/useAim.ts';
import { AddAnswersDialog } from './AddAnswersDialog.tsx';

/** Opens the form in which answers are added to a class; `?add=` in the address does too. */
export function AddAnswersButton({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const [isOpen, setOpen] = useState(false);
	useAim(['add'], true, () => setOpen(true));
	return (
		<>
			<Button
				variant="outlined"
				color="inherit"
				aria-label={t('add.open')}
				aria-haspopup="dialog"
				onClick={() => setOpen(true)}
				sx={{ minWidth: 0, gap: 1, px: { xs: 1, xl: 1.75 } }}
			>
				<AddIcon fontSize="small" />
				<Box component="span" sx={{ display: { xs: 'none', xl: 'inline' } }}>
					{t('add.open')}
				</Box>
			</Button>
			{isOpen && <AddAnswersDialog assignment={assignment} onClose={() => setOpen(false)} />}
		</>
	);
}
