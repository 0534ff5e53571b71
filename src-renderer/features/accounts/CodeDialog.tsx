import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { useFormat } from '../../ui/format.ts';
import { SecretDialog } from './SecretDialog.tsx';

/** A setup code as it is shown once. */
export interface GivenCode {
	/** Whose it is. */
	name: string;
	code: string;
	expiresAt: number;
}

/** Shows a setup code: as a link in a browser, as it is in the desktop window, which has no address to give. */
export function CodeDialog({ given, onClose }: { given: GivenCode; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const format = useFormat();
	const isWindow = bridge() !== null;
	const when = format.date(given.expiresAt, true);
	return (
		<SecretDialog
			title={t('code.title', { name: given.name })}
			text={isWindow ? t('code.text', { name: given.name, when }) : t('code.linkText', { name: given.name, when })}
			secret={isWindow ? given.code : `${location.origin}/#/setup/${given.code}`}
			onClose={onClose}
		/>
	);
}
