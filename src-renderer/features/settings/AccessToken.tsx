import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { AskedButton } from '../../ui/AskedButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionRow } from '../../ui/Section.tsx';

type Kept = { isSet: boolean; keptIn: 'keychain' | 'file' };

/** The access token of Hugging Face: given, replaced or forgotten here, and never shown again. Whether the hub knows it is asked at once. */
export function AccessToken() {
	const { t } = useTranslation('settings');
	const [kept, setKept] = useState<Kept | null>(null);
	const [typed, setTyped] = useState('');
	const [error, setError] = useState<unknown>(null);
	const [account, setAccount] = useState<string | null>(null);
	const [isBusy, setBusy] = useState(false);
	useEffect(() => {
		client.market.token().then(setKept, setError);
	}, []);

	const change = async (token: string | null) => {
		setBusy(true);
		setAccount(null);
		setError(null);
		try {
			await client.market.setToken({ token });
			setTyped('');
			setKept(await client.market.token());
			if (token !== null) setAccount((await client.market.testConnection({ source: 'huggingface' })).account);
		} catch (thrown) {
			setError(thrown);
		}
		setBusy(false);
	};
	const submit = (event: SubmitEvent) => {
		event.preventDefault();
		void change(typed.trim());
	};
	return (
		<SectionRow
			label={t('token.label')}
			help={t('token.help')}
			below={
				<>
					<Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, mt: 1 }}>
						<TextField
							fullWidth
							type="password"
							value={typed}
							placeholder={kept?.isSet ? t('token.replace') : 'hf_…'}
							onChange={(event) => setTyped(event.target.value)}
							slotProps={{ htmlInput: { autoComplete: 'off', dir: 'ltr', spellCheck: false, maxLength: 512, 'aria-label': t('token.label') } }}
						/>
						<Button type="submit" variant="outlined" color="inherit" loading={isBusy} disabled={!/^[\x21-\x7e]{8,512}$/.test(typed.trim())}>
							{t('token.keep')}
						</Button>
					</Box>
					{account !== null && (
						<Typography component="output" sx={{ display: 'block', mt: 1 }}>
							{t('token.known', { name: account })}
						</Typography>
					)}
					<Typography variant="caption" sx={{ display: 'block', mt: 1, color: 'text.secondary' }}>
						{kept && (kept.keptIn === 'keychain' ? t('token.keychain') : t('token.file'))}
					</Typography>
					<ErrorNotice error={error} sx={{ mt: 1 }} onClose={() => setError(null)} />
				</>
			}
		>
			{() =>
				kept?.isSet ? (
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
						<Typography>{t('token.isSet')}</Typography>
						<AskedButton label={t('token.forget')} title={t('token.forgetTitle')} text={t('token.forgetText')} onConfirm={() => change(null)} />
					</Box>
				) : (
					<Typography sx={{ color: 'text.secondary' }}>{kept && t('token.isNotSet')}</Typography>
				)
			}
		</SectionRow>
	);
}
