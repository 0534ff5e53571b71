import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { FormDialog } from './FormDialog.tsx';
import { KeyLimitFields } from './KeyLimitFields.tsx';
import { readLimits, typedLimits } from './keyLimits.ts';
import { useAttempt } from './useAttempt.ts';

/** Changes how much may be asked with a key. */
export function KeyLimitsDialog({ apiKey, onChanged, onClose }: { apiKey: ApiKey; onChanged: () => void; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const [typed, setTyped] = useState(typedLimits(apiKey.limits));
	const limits = readLimits(typed);
	const change = useAttempt();
	return (
		<FormDialog
			title={t('keys.limitsTitle', { name: apiKey.name })}
			submitLabel={t('keys.keepLimits')}
			isReady={limits !== null}
			attempt={change}
			onSubmit={() =>
				void change.attempt(async () => {
					if (limits === null) return;
					await client.accounts.changeKey({ keyId: apiKey.id, limits });
					onChanged();
				})
			}
			onClose={onClose}
		>
			<KeyLimitFields typed={typed} onChange={setTyped} />
		</FormDialog>
	);
}
