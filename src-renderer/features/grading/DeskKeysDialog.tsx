import { useTranslation } from 'react-i18next';
import { KeysDialog } from '../../ui/KeysDialog.tsx';
import { deskKeys } from './deskKeys.ts';
import { openOnDesk } from './deskStore.ts';

/** The keys of the desk and what each does. */
export function DeskKeysDialog() {
	const { t } = useTranslation('grading');
	const rows = deskKeys.map(([act, keys]) => ({ keys, act: t(`desk.keys.${act}`) }));
	return <KeysDialog title={t('desk.keys.title')} rows={rows} onClose={() => openOnDesk(null)} />;
}
