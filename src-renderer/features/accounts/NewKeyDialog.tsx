import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyLimits, KeyScope } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { FormDialog } from './FormDialog.tsx';
import { KeyLimitFields } from './KeyLimitFields.tsx';
import { readLimits, typedLimits, usualLimits } from './keyLimits.ts';
import { useAttempt } from './useAttempt.ts';

const scopes = ['chat', 'grading', 'subtitles', 'convert', 'library', 'engine', 'market', 'jobs', 'ledger'] as const satisfies readonly KeyScope[];
/** What administrators may make a key for beside. */
const adminScopes = ['people', 'monitor'] as const satisfies readonly KeyScope[];
const dayMs = 86_400_000;
/** Days that a key may be good for; 0: for ever. */
const spans = [30, 90, 365, 0] as const;

/** Makes a key: what it is for, what it may do, and until when; `onMade` gets its secret. */
export function NewKeyDialog({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const groupId = useId();
	const offered = useMay('admin') ? [...scopes, ...adminScopes] : scopes;
	const [name, setName] = useState('');
	const [chosen, setChosen] = useState<ReadonlySet<KeyScope>>(new Set(['chat']));
	const [days, setDays] = useState<number>(90);
	const [limits, setLimits] = useState(typedLimits(usualLimits));
	const read: KeyLimits | null = readLimits(limits);
	const make = useAttempt();
	return (
		<FormDialog
			title={t('keys.newTitle')}
			submitLabel={t('keys.make')}
			isReady={name.trim() !== '' && chosen.size > 0 && read !== null}
			attempt={make}
			onSubmit={() =>
				void make.attempt(async () => {
					if (read === null) return;
					const expiresAt = days === 0 ? null : Date.now() + days * dayMs;
					onMade((await client.accounts.createKey({ name: name.trim(), scopes: [...chosen], expiresAt, limits: read })).secret);
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
					{offered.map((scope) => (
						<FormControlLabel
							key={scope}
							label={t(`scope.${scope}`)}
							control={
								<Checkbox
									size="small"
									checked={chosen.has(scope)}
									onChange={(_event, isChosen) => setChosen(new Set(offered.filter((each) => (each === scope ? isChosen : chosen.has(each)))))}
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
			<KeyLimitFields typed={limits} onChange={setLimits} />
		</FormDialog>
	);
}
