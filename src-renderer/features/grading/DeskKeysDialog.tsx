import { useTranslation } from 'react-i18next';
import { KeysDialog } from '../../ui/KeysDialog.tsx';
import { openOnDesk } from './deskStore.ts';

const keys = [
	['move', '↓ ↑ · J K'],
	['page', '[ ]'],
	['criterion', '← → · H L'],
	['level', '1–9'],
	['points', 'Enter'],
	['feedback', 'F'],
	['accept', 'A'],
	['undo', 'U · Ctrl+Z'],
	['view', 'V'],
	['names', 'N'],
	['help', '?'],
] as const;

/** The keys of the desk and what each does. */
export function DeskKeysDialog() {
	const { t } = useTranslation('grading');
	const rows = keys.map(([act, keys]) => ({ keys, act: t(`desk.keys.${act}`) }));
	return <KeysDialog title={t('desk.keys.title')} rows={rows} onClose={() => openOnDesk(null)} />;
}
