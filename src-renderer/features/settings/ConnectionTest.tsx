import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteSource } from '#contract/market.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';

type Outcome = { roundTripMs: number; account: string | null } | { error: unknown };

/** Asks a source whether it can be reached, and says what came back. */
export function ConnectionTest({ source }: { source: RemoteSource }) {
	const { t } = useTranslation('settings');
	const format = useFormat();
	const [isBusy, setBusy] = useState(false);
	const [outcome, setOutcome] = useState<Outcome | null>(null);
	const run = async () => {
		setBusy(true);
		setOutcome(null);
		setOutcome(await client.market.testConnection({ source }).catch((error: unknown) => ({ error })));
		setBusy(false);
	};
	return (
		<Box sx={{ mt: 1 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: 30 }}>
				<Button variant="outlined" color="inherit" size="small" loading={isBusy} onClick={() => void run()}>
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
