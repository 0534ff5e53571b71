import { useLocation, useNavigate } from 'react-router';
import type { Act } from '../../ui/Act.ts';
import { handbookPages } from './handbookPages.ts';

/** The pages of the handbook, to be gone to from everywhere. */
export function useHelpActs(): Act[] {
	const navigate = useNavigate();
	const { pathname, search } = useLocation();
	const from = `${pathname}${search}`;
	return handbookPages.map(
		(id): Act => ({
			id: `help.${id}`,
			kind: 'place',
			label: (t) => t('app:palette.place', { place: t('help:title'), tab: t(`help:pages.${id}`) }),
			run: () => navigate(`/help/${id}`, { state: { from } }),
		}),
	);
}
