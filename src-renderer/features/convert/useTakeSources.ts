import { useNavigate } from 'react-router';
import { notifyError } from '../../ui/notify.ts';
import { takeSources } from './takeSources.ts';

/** Takes files in and goes to where they are to be seen; what cannot be taken is told. */
export function useTakeSources(): (files: readonly File[]) => void {
	const navigate = useNavigate();
	return (files) => void takeSources(files, (address) => void navigate(address)).catch(notifyError);
}
