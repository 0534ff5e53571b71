import HelpIcon from '@mui/icons-material/HelpOutlineOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { helpPlace } from './helpPlace.ts';

/** The question mark at a screen's title: says what the screen is for, and opens the handbook where it speaks of it, as F1 does. */
export function HelpLink() {
	const { t } = useTranslation('help');
	const navigate = useNavigate();
	const { pathname, search } = useLocation();
	const place = helpPlace(pathname);
	const to = place && `/help/${place.page}${place.section && `/${place.section}`}`;
	useEffect(() => {
		if (to === null) return;
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== 'F1' || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
			// What a dialog holds is not left unasked.
			if (event.target instanceof HTMLElement && event.target.closest('[role="dialog"]')) return;
			event.preventDefault();
			void navigate(to, { state: { from: `${pathname}${search}` } });
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, [navigate, to, pathname, search]);
	if (place === null || to === null) return null;
	return (
		<Tooltip describeChild title={t(`lines.${place.line}`)}>
			<IconButton
				component={Link}
				to={to}
				state={{ from: `${pathname}${search}` }}
				aria-label={t('open')}
				size="small"
				sx={{ flex: 'none', ml: -1, color: 'text.secondary' }}
			>
				<HelpIcon sx={{ fontSize: 18 }} />
			</IconButton>
		</Tooltip>
	);
}
