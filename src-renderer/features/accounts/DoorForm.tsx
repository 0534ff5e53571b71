import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { useAttempt } from './useAttempt.ts';

interface Props {
	title: string;
	text?: ReactNode;
	/** What the one button says. */
	submitLabel: string;
	isReady: boolean;
	attempt: Pick<ReturnType<typeof useAttempt>, 'isBusy' | 'waitSeconds' | 'error'>;
	onSubmit: () => void;
	/** The fields. */
	children: ReactNode;
	/** What stands below the button: other ways. */
	below?: ReactNode;
}

/** A form at the door: its title, its fields, one button, and what was refused. */
export function DoorForm({ title, text, submitLabel, isReady, attempt, onSubmit, children, below }: Props) {
	const { t } = useTranslation('accounts');
	useEffect(() => {
		document.title = `${title} · Homeroom`;
	}, [title]);
	return (
		<Box
			component="form"
			noValidate
			aria-labelledby="door-title"
			onSubmit={(event) => {
				event.preventDefault();
				if (isReady) onSubmit();
			}}
			sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}
		>
			<Box>
				<Typography id="door-title" variant="h1">
					{title}
				</Typography>
				{text && <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>{text}</Typography>}
			</Box>
			{children}
			<ErrorNotice error={attempt.error} />
			<Button type="submit" variant="contained" loading={attempt.isBusy} disabled={!isReady || attempt.waitSeconds > 0}>
				{attempt.waitSeconds > 0 ? t('door.wait', { count: attempt.waitSeconds }) : submitLabel}
			</Button>
			{below}
		</Box>
	);
}
