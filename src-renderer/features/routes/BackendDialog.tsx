import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BackendKind, backendKind, usualBackends } from '#contract/backendKinds.ts';
import type { Backend } from '#contract/backends.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { isOtherServer, readEndpoint } from './readEndpoint.ts';

interface Props {
	/** The one to change; null: another is added. */
	backend: Backend | null;
	onSaved: () => Promise<void>;
	onClose: () => void;
}

/** A backend in its four fields. It says plainly, before anything is saved, that what is asked of a remote one leaves this machine. */
export function BackendDialog({ backend, onSaved, onClose }: Props) {
	const { t } = useTranslation('backends');
	const [kind, setKind] = useState<BackendKind>(backend?.kind ?? 'ollama');
	const [name, setName] = useState(backend?.name ?? '');
	const [typed, setTyped] = useState(backend?.endpoint ?? usualBackends.ollama.endpoint);
	const [key, setKey] = useState('');
	const [isTouched, setTouched] = useState(false);
	const endpoint = readEndpoint(typed);
	const isWrong = isTouched && endpoint === null;
	const losesKey = backend?.key === 'kept' && key === '' && endpoint !== null && isOtherServer(endpoint.address, backend.endpoint);
	const isKeyUnfit = !/^[\x21-\x7e]*$/.test(key.trim());
	const choose = (next: BackendKind) => {
		// What was typed stays; what was only proposed follows the kind.
		if (typed === usualBackends[kind].endpoint || typed === '') setTyped(usualBackends[next].endpoint);
		setKind(next);
	};
	const save = async () => {
		if (endpoint === null) return;
		const fields = { name: name.trim() === '' ? t(`kind.${kind}`) : name.trim(), kind, endpoint: endpoint.address };
		const given = key.trim();
		if (backend) await client.backends.change({ backendId: backend.id, ...fields, ...(given === '' ? {} : { key: given }) });
		else await client.backends.add({ ...fields, key: given === '' ? null : given });
		await onSaved();
	};
	return (
		<ConfirmDialog
			open
			title={backend ? t('editTitle', { name: backend.name }) : t('addTitle')}
			confirmLabel={backend ? t('save') : t('add')}
			isReady={endpoint !== null && !isKeyUnfit}
			onConfirm={save}
			onClose={onClose}
		>
			<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}>
				<SelectField
					label={t('field.kind')}
					value={kind}
					options={backendKind.options}
					name={(option) => t(`kind.${option as BackendKind}`)}
					onChange={(option) => choose(option as BackendKind)}
				/>
				<TextField
					label={t('field.name')}
					value={name}
					placeholder={t(`kind.${kind}`)}
					onChange={(event) => setName(event.target.value)}
					slotProps={{ htmlInput: { dir: 'auto', maxLength: 80, autoComplete: 'off' }, inputLabel: { shrink: true } }}
				/>
				<TextField
					label={t('field.endpoint')}
					value={typed}
					error={isWrong}
					helperText={isWrong ? t('field.endpointWrong') : t('field.endpointHelp')}
					onChange={(event) => setTyped(event.target.value)}
					onBlur={() => setTouched(true)}
					slotProps={{ htmlInput: { type: 'url', dir: 'ltr', spellCheck: false, autoCapitalize: 'none', autoComplete: 'off', maxLength: 500 } }}
				/>
				<TextField
					label={t('field.key')}
					type="password"
					value={key}
					error={isKeyUnfit}
					placeholder={backend?.key === 'kept' ? t('field.keyKept') : ''}
					helperText={
						isKeyUnfit ? t('field.keyWrong') : losesKey ? t('field.keyLost') : t(usualBackends[kind].needsKey ? 'field.keyNeeded' : 'field.keyOptional')
					}
					onChange={(event) => setKey(event.target.value)}
					slotProps={{ htmlInput: { dir: 'ltr', spellCheck: false, autoComplete: 'off', maxLength: 512 }, inputLabel: { shrink: true } }}
				/>
				{endpoint && <LeavesNotice isHere={endpoint.isHere} host={endpoint.host} />}
			</Box>
		</ConfirmDialog>
	);
}

function LeavesNotice({ isHere, host }: { isHere: boolean; host: string }) {
	const { t } = useTranslation('backends');
	if (isHere) return <Typography sx={{ color: 'text.secondary' }}>{t('staysHere')}</Typography>;
	return (
		<Alert severity="warning" variant="outlined">
			{t('leaves', { host })}
		</Alert>
	);
}
