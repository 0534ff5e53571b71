import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { useMe } from '../../rpc/useMe.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notify } from '../../ui/notify.ts';
import { SectionRow } from '../../ui/Section.tsx';
import { rememberName } from './lastName.ts';
import { useAttempt } from './useAttempt.ts';

/** One's name, and another one. */
export function NameRow({ me }: { me: OwnAccount }) {
	const { t } = useTranslation('accounts');
	const [typed, setTyped] = useState<string | null>(null);
	const rename = useAttempt({ NAME_TAKEN: 'name' });
	const name = (typed ?? me.name).trim();
	const submit = (event: SubmitEvent) => {
		event.preventDefault();
		void rename.attempt(async () => {
			const changed = await client.accounts.rename({ name });
			useMe.setState({ me: changed });
			if (changed.hasPassword) rememberName(changed.name);
			setTyped(null);
			notify(t('own.renamed'));
		});
	};
	return (
		<SectionRow
			label={t('name')}
			help={t('own.role', { role: t(`role.${me.role}`) })}
			below={
				<>
					<Box component="form" onSubmit={submit} sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mt: 1 }}>
						<TextField
							fullWidth
							value={typed ?? me.name}
							error={rename.at('name') !== null}
							helperText={rename.at('name')}
							onChange={(event) => setTyped(event.target.value)}
							slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, dir: 'auto', maxLength: 80, 'aria-label': t('name') } }}
						/>
						<Button type="submit" variant="outlined" color="inherit" loading={rename.isBusy} disabled={name === '' || name === me.name}>
							{t('own.rename')}
						</Button>
					</Box>
					<ErrorNotice error={rename.error} onClose={rename.clear} sx={{ mt: 1 }} />
				</>
			}
		/>
	);
}
