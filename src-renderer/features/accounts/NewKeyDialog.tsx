import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyScope } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { FormDialog } from './FormDialog.tsx';
import { useAttempt } from './useAttempt.ts';

const scopes = ['chat', 'grading', 'library', 'engine', 'market', 'jobs', 'ledger'] as const satisfies readonly KeyScope[];
const dayMs = 86_400_000;
/** Days that a key may be good for; 0: for ever. */
const spans = [30, 90, 365, 0] as const;

/** Makes a key: what it is for, what it may do, and until when; `onMade` gets its secret. */
export function NewKeyDialog({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const groupId = useId();
	const [name, setName] = useState('');
	const [chosen, setChosen] = useState<ReadonlySet<KeyScope>>(new Set(['chat']));
	const [days, setDays] = useState<number>(90);
	const make = useAttempt();
	return (
		<FormDialog
			title={t('keys.newTitle')}
			submitLabel={t('keys.make')}
			isReady={name.trim() !== '' && chosen.size > 0}
			attempt={make}
			onSubmit={() =>
				void make.attempt(async () => {
					const expiresAt = days === 0 ? null : Date.now() + days * dayMs;
					onMade((await client.accounts.createKey({ name: name.trim(), scopes: [...chosen], expiresAt })).secret);
				})
			}
			onClose={onClose}
		>
			<TextField
				fullWidth
				autoFocus
				label={t('keys.name')}
				helperText={t('keys.nameHelp')}
				value={name}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'off', dir: 'auto', maxLength: 80 } }}
			/>
			<div>
				<Typography id={groupId} variant="caption" sx={{ color: 'text.secondary' }}>
					{t('keys.scopes')}
				</Typography>
				<FormGroup aria-labelledby={groupId} sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }}>
					{scopes.map((scope) => (
						<FormControlLabel
							key={scope}
							label={t(`scope.${scope}`)}
							control={
								<Checkbox
									size="small"
									checked={chosen.has(scope)}
									onChange={(_event, isChosen) => setChosen(new Set(scopes.filter((each) => (each === scope ? isChosen : chosen.has(each)))))}
								/>
							}
						/>
					))}
				</FormGroup>
			</div>
			<TextField fullWidth select label={t('keys.span')} value={days} onChange={(event) => setDays(Number(event.target.value))}>
				{spans.map((span) => (
					<MenuItem key={span} value={span}>
						{span === 0 ? t('keys.forever') : t('keys.days', { count: span })}
					</MenuItem>
				))}
			</TextField>
		</FormDialog>
	);
}
