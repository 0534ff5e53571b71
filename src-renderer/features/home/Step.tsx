import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface StepProps {
	icon: ReactNode;
	title: string;
	text: string;
	act: string;
	to: string;
	isNext: boolean;
	/** A shorter way, before the one that leads to a screen. */
	children?: ReactNode;
	/** The same with an example. */
	example?: { to: string; label: string } | null;
}

/** One way on: what it is, and the way there. */
export function Step({ icon, title, text, act, to, isNext, children, example }: StepProps) {
	const { t } = useTranslation('home');
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1.25, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ color: 'text.secondary', lineHeight: 0 }}>{icon}</Box>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography component="h3" sx={{ fontWeight: 600 }}>
					{title}
				</Typography>
				<Typography sx={{ color: 'text.secondary' }}>{text}</Typography>
			</Box>
			{children}
			{example && (
				<Button component={Link} to={example.to} size="small" aria-label={example.label} sx={{ whiteSpace: 'nowrap' }}>
					{t('first.example')}
				</Button>
			)}
			<Button component={Link} to={to} variant={isNext ? 'contained' : 'outlined'} color={isNext ? 'primary' : 'inherit'} sx={{ minWidth: 136 }}>
				{act}
			</Button>
		</Box>
	);
}
