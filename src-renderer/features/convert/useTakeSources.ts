import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notify, notifyError } from '../../ui/notify.ts';
import { takeSources } from './takeSources.ts';

/** Takes files in and goes to where they are to be seen; what cannot be taken, and what is not shown as text, is told. */
export function useTakeSources(): (files: readonly File[]) => void {
	const { t } = useTranslation('convert');
	const navigate = useNavigate();
	const take = async (files: readonly File[]) => {
		const [only, second] = files;
		const taken = await takeSources(files, (address) => void navigate(address));
		if (!only || second) return;
		if (taken === 'empty') notify(t('source.emptyFile', { name: only.name }));
		if (taken === 'batch') notify(t('source.noText', { name: only.name }));
	};
	return (files) => void take(files).catch(notifyError);
}
