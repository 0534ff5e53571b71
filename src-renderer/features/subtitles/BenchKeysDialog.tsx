import { useTranslation } from 'react-i18next';
import { KeysDialog } from '../../ui/KeysDialog.tsx';

const keys = [
	['move', '↓ ↑ · J K · Alt+↓ ↑'],
	['extend', 'Shift+↓ ↑'],
	['edit', 'Enter'],
	['leave', 'Esc'],
	['approveAndGoOn', 'A · Ctrl+Enter'],
	['doubtful', 'D · F8'],
	['untranslated', 'N · F7'],
	['retranslate', 'R'],
	['split', 'S'],
	['merge', 'M'],
	['undo', 'U · Ctrl+Z'],
	['redo', 'Ctrl+Y'],
	['find', 'Ctrl+F'],
	['save', 'Ctrl+S'],
	['play', 'Space'],
	['help', '?'],
] as const;

/** The keys of the bench and what each does. */
export function BenchKeysDialog({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const rows = keys.map(([act, keys]) => ({ keys, act: t(`keys.${act}`) }));
	return <KeysDialog title={t('keys.title')} rows={rows} onClose={onClose} />;
}
