import { useTranslation } from 'react-i18next';
import { KeysDialog } from '../../ui/KeysDialog.tsx';
import { benchKeys } from './benchKeys.ts';

/** The keys of the bench and what each does. */
export function BenchKeysDialog({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const rows = benchKeys.map(([act, keys]) => ({ keys, act: t(`keys.${act}`) }));
	return <KeysDialog title={t('keys.title')} rows={rows} onClose={onClose} />;
}
