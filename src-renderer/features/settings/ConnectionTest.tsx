import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteSource } from '#contract/market.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';

type Outcome = { address: string } & ({ roundTripMs: number; account: string | null } | { error: unknown });

interface Props {
	source: RemoteSource;
	/** The address that stands in the field. */
	address: string;
	/** It is one that can be kept. */
	isReady: boolean;
	/** Keeps it, since the app asks at the address that it knows. */
	keep: () => Promise<void>;
}

/** Asks a source at the address in the field whether it can be reached, and says what came back. */
export function ConnectionTest({ source, address, isReady, keep }: Props) {
	const { t } = useTranslation('settings');
	const format = useFormat();
	const [isBusy, setBusy] = useState(false);
	const [told, setOutcome] = useState<Outcome | null>(null);
	// What is told of another address than the one in the field would mislead.
	const outcome = told?.address === address ? told : null;
	const run = async () => {
		setBusy(true);
		setOutcome(null);
		await keep();
		setOutcome({ address, ...(await client.market.testConnection({ source }).catch((error: unknown) => ({ error }))) });
		setBusy(false);
	};
	return (
		<Box sx={{ mt: 1 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: 30 }}>
				<Button variant="outlined" color="inherit" size="small" loading={isBusy} disabled={!isReady} onClick={() => void run()}>
					{t('test.run')}
				</Button>
				<Typography component="output" variant="caption" sx={{ color: 'text.secondary' }}>
					{isBusy && t('test.running')}
					{outcome && 'roundTripMs' in outcome && (
						<>
							{t('test.reached', { time: format.duration(outcome.roundTripMs) })}
							{outcome.account !== null && ` ${t('test.account', { name: outcome.account })}`}
						</>
					)}
				</Typography>
			</Box>
			{outcome && 'error' in outcome && <ErrorNotice error={outcome.error} sx={{ mt: 1 }} onClose={() => setOutcome(null)} />}
		</Box>
	);
}
