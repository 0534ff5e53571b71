import type { SxProps, Theme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
	/** What was thrown, or a stored failure record; null shows nothing. */
	error: unknown;
	onAgain?: () => void;
	sx?: SxProps<Theme>;
}

/** Says what a source failed with: what the settings can mend leads there, all else is tried again where that can be. */
export function SourceError({ error, onAgain, sx = {} }: Props) {
	const { t } = useTranslation('market');
	const { t: ui } = useTranslation('ui');
	const navigate = useNavigate();
	const isForSettings = typeof error === 'object' && error !== null && 'code' in error && (error.code === 'TOKEN_INVALID' || error.code === 'OFFLINE');
	const again = onAgain && { label: ui('again'), onClick: onAgain };
	return <ErrorNotice error={error} action={isForSettings ? { label: t('settings'), onClick: () => void navigate('/settings') } : again} sx={sx} />;
}
