import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';

/** The way to what was deleted, from everywhere. */
export function useDeletedActs(): Act[] {
	const mayDelete = useMay('user');
	const navigate = useNavigate();
	if (!mayDelete) return [];
	return [{ id: 'deleted', kind: 'place', label: (t) => t('deleted:title'), also: (t) => t('synonyms:place.deleted'), run: () => navigate('/deleted') }];
}
