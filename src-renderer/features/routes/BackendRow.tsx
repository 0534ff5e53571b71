import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backend } from '#contract/backends.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { notifyError } from '../../ui/notify.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';

type Tested = { endpoint: string } & ({ roundTripMs: number; models: string[] } | { error: unknown });

interface Props {
	backend: Backend;
	onEdit: () => void;
	onRemove: () => void;
	/** It was switched. */
	onChanged: () => Promise<void>;
}

/** One backend: what it is and where, whether what is asked of it leaves this machine, and what a test of it said. */
export function BackendRow({ backend, onEdit, onRemove, onChanged }: Props) {
	const { t } = useTranslation('backends');
	const [isTesting, setTesting] = useState(false);
	const [told, setTold] = useState<Tested | null>(null);
	const { name, kind, endpoint, isEnabled, key, place } = backend;
	// What another address said tells nothing of this one.
	const tested = told?.endpoint === endpoint ? told : null;
	const test = async () => {
		setTesting(true);
		setTold(null);
		setTold({ endpoint, ...(await client.backends.test({ backendId: backend.id }).catch((error: unknown) => ({ error }))) });
		setTesting(false);
	};
	return (
		<Box component="li" aria-label={name} sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
				<Box sx={{ flex: 1, minWidth: 0 }}>
					<Typography noWrap dir="auto" sx={{ fontWeight: 600 }}>
						{name}
					</Typography>
					<Typography variant="caption" component="p" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
						{t(`kind.${kind}`)} · <bdi>{endpoint}</bdi>
					</Typography>
					<Box sx={{ mt: 0.5, display: 'flex', flexWrap: 'wrap', columnGap: 2, typography: 'caption' }}>
						<StateLabel tone={place === 'machine' ? 'good' : 'warn'} label={t(`place.${place}`)} />
						<StateLabel tone={key === 'lost' ? 'bad' : 'quiet'} label={t(`key.${key}`)} />
					</Box>
				</Box>
				<Button variant="outlined" color="inherit" size="small" loading={isTesting} onClick={() => void test()}>
					{t('test')}
				</Button>
				<Switch
					checked={isEnabled}
					onChange={(_event, checked) => void client.backends.change({ backendId: backend.id, isEnabled: checked }).then(onChanged, notifyError)}
					slotProps={{ input: { 'aria-label': t('enabled', { name }) } }}
				/>
				<MoreMenu
					label={t('menu', { name })}
					entries={[
						{ label: t('edit'), onChoose: onEdit },
						{ label: t('remove'), onChoose: onRemove },
					]}
				/>
			</Box>
			<TestOutcome tested={tested} onClose={() => setTold(null)} />
		</Box>
	);
}

function TestOutcome({ tested, onClose }: { tested: Tested | null; onClose: () => void }) {
	const { t } = useTranslation('backends');
	const format = useFormat();
	return (
		<Box role="status">
			{tested && 'error' in tested && <ErrorNotice error={tested.error} sx={{ mt: 1 }} onClose={onClose} />}
			{tested && 'models' in tested && (
				<Box sx={{ mt: 1 }}>
					<Typography>{t('reached', { time: format.duration(tested.roundTripMs), count: tested.models.length })}</Typography>
					{tested.models.length > 0 && (
						<Box
							component="ul"
							aria-label={t('models')}
							tabIndex={0}
							sx={{ m: 0, mt: 0.5, px: 1, py: 0.5, maxHeight: 160, overflow: 'auto', listStyle: 'none', borderRadius: 1, bgcolor: 'surface.sunken' }}
						>
							{tested.models.map((model) => (
								<Typography key={model} component="li" variant="caption" dir="ltr" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
									{model}
								</Typography>
							))}
						</Box>
					)}
				</Box>
			)}
		</Box>
	);
}
