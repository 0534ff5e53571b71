import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteView, TargetState, TargetView } from '#contract/routes.ts';
import { client } from '../../rpc/client.ts';
import { describeFailure } from '../../ui/describeFailure.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';

const tones = { ready: 'good', unloaded: 'quiet', loading: 'busy', down: 'bad', trying: 'warn', off: 'quiet', gone: 'bad' } as const satisfies Record<
	TargetState,
	string
>;

interface Props {
	route: RouteView;
	/** All of them, to tell what this one falls back on. */
	routes: readonly RouteView[];
	onEdit: () => void;
	onRemove: () => void;
}

/** One route: how it chooses, what is at work and waits, and each target with its state and figures. */
export function RouteCard({ route, routes, onEdit, onRemove }: Props) {
	const { t } = useTranslation('routes');
	const format = useFormat();
	const titleId = useId();
	const [isChecking, setChecking] = useState(false);
	const fallback = routes.find(({ id }) => id === route.fallbackId);
	const facts = [
		t(`strategy.${route.strategy}`),
		fallback && t('fallsBackOn', { name: fallback.name }),
		t('atWork', { count: route.atWork }),
		route.waiting > 0 && t('waiting', { count: route.waiting }),
		route.mostAtWork !== null && t('limit', { count: route.mostAtWork }),
	];
	const check = async () => {
		setChecking(true);
		await client.routes.check({ routeId: route.id }).catch(notifyError);
		setChecking(false);
	};
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1 }}>
				<Box sx={{ flex: 1, minWidth: 0 }}>
					<Typography id={titleId} variant="h2" noWrap dir="auto">
						{route.name}
					</Typography>
					<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
						{facts.filter(Boolean).join(' · ')}
					</Typography>
				</Box>
				{route.targets.some(({ source }) => source.kind === 'backend') && (
					<Button size="small" color="inherit" loading={isChecking} onClick={() => void check()}>
						{t('check')}
					</Button>
				)}
				<Button size="small" color="inherit" aria-label={t('editOf', { name: route.name })} onClick={onEdit}>
					{t('edit')}
				</Button>
				<Button size="small" color="inherit" aria-label={t('removeOf', { name: route.name })} onClick={onRemove}>
					{t('remove')}
				</Button>
			</Box>
			{route.targets.length === 0 ? (
				<Paper variant="outlined" sx={{ p: 2 }}>
					<Typography sx={{ color: 'text.secondary' }}>{t('noTargets')}</Typography>
				</Paper>
			) : (
				<TableContainer component={Paper} variant="outlined">
					<Table aria-labelledby={titleId} sx={{ tableLayout: 'fixed' }}>
						<TableHead>
							<TableRow>
								<TableCell sx={{ width: '28%' }}>{t('target.name')}</TableCell>
								<TableCell sx={{ width: '32%' }}>{t('target.state')}</TableCell>
								<TableCell align="right">{t('target.weight')}</TableCell>
								<TableCell align="right">{t('target.price')}</TableCell>
								<TableCell align="right">{t('target.active')}</TableCell>
								<TableCell align="right">{t('target.answered')}</TableCell>
								<TableCell align="right">{t('target.failed')}</TableCell>
							</TableRow>
						</TableHead>
						<TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 }, '& td': { fontVariantNumeric: 'tabular-nums' } }}>
							{route.targets.map((target) => (
								<TableRow key={target.id}>
									<TableCell>
										<Typography sx={{ overflowWrap: 'anywhere' }} dir="auto">
											{target.name}
										</Typography>
										<Typography variant="caption" sx={{ color: 'text.secondary' }}>
											{placeOf(target)}
										</Typography>
									</TableCell>
									<TableCell>
										<TargetStateCell target={target} />
									</TableCell>
									<TableCell align="right">{format.number(target.weight)}</TableCell>
									<TableCell align="right">{format.number(target.price)}</TableCell>
									<TableCell align="right">{format.number(target.active)}</TableCell>
									<TableCell align="right">{format.number(target.answered)}</TableCell>
									<TableCell align="right">{format.number(target.failed)}</TableCell>
								</TableRow>
							))}
						</TableBody>
					</Table>
				</TableContainer>
			)}
		</Box>
	);

	function placeOf({ source, serverName, replicas }: TargetView): string {
		if (source.kind === 'backend') return serverName ?? t('serverGone');
		return replicas && replicas.all > 1 ? t('copies', { running: replicas.running, count: replicas.all }) : t('thisMachine');
	}
}

/** The state of a target in a word, and what it failed with, until it answers again. */
function TargetStateCell({ target: { state, failure } }: { target: TargetView }) {
	const { t } = useTranslation('routes');
	const { t: failures } = useTranslation('failures');
	const format = useFormat();
	return (
		<>
			<StateLabel tone={tones[state]} label={t(`state.${state}`)} />
			{failure && state !== 'off' && state !== 'gone' && (
				<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary', maxWidth: '48ch' }}>
					{describeFailure(failure, failures, format).sentence}
				</Typography>
			)}
		</>
	);
}
