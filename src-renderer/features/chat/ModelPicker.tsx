import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import LinearProgress from '@mui/material/LinearProgress';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDeployments, useModels, useOfferedRoutes } from '../../rpc/live.ts';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import { useFormat } from '../../ui/format.ts';
import { type ModelChoice, modelChoices } from './modelChoices.ts';

/** Picks the model that answers. Shows which are loaded, and how far the picked one is while it loads. */
export function ModelPicker({ modelId, onPick }: { modelId: string | null; onPick: (modelId: string) => void }) {
	const { t } = useTranslation('chat');
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const { value: models } = useModels();
	const { value: deployments } = useDeployments();
	const { value: routes } = useOfferedRoutes();
	const choices = useMemo(() => modelChoices(models ?? [], deployments ?? []), [models, deployments]);
	const picked = choices.find((choice) => choice.model.id === modelId);
	const route = routes?.find(({ id }) => id === modelId);
	const name = picked?.model.name ?? route?.name ?? t('model.none');
	const pick = (id: string) => {
		onPick(id);
		setAnchor(null);
	};
	return (
		<>
			<Button
				variant="outlined"
				color="inherit"
				size="small"
				aria-haspopup="menu"
				aria-label={t('model.label', { name })}
				onClick={(event) => setAnchor(event.currentTarget)}
				startIcon={picked ? <StateDot state={picked.state} /> : route && <StateDot state={route.isUp ? 'running' : 'missing'} />}
				endIcon={<ExpandIcon />}
				sx={{ position: 'relative', overflow: 'hidden', maxWidth: 260, minWidth: 0 }}
			>
				<Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
					{name}
				</Box>
				{picked?.state === 'loading' && (
					<LinearProgress
						aria-label={t('model.loading')}
						variant="determinate"
						value={(picked.deployment?.loadFraction ?? 0) * 100}
						sx={{ position: 'absolute', insetInline: 0, bottom: 0, height: 2, borderRadius: 0 }}
					/>
				)}
			</Button>
			<Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} slotProps={{ list: { dense: true } }}>
				{choices.map((choice) => (
					<MenuItem
						key={choice.model.id}
						selected={choice.model.id === modelId}
						disabled={choice.state === 'missing'}
						onClick={() => pick(choice.model.id)}
						sx={{ gap: 1.5, py: 0.75, maxWidth: 420 }}
					>
						<StateDot state={choice.state} />
						<Box sx={{ minWidth: 0 }}>
							<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
								<Typography noWrap>{choice.model.name}</Typography>
								{choice.model.origin.source === 'demo' && <DemoLabel />}
							</Box>
							<ChoiceState choice={choice} />
						</Box>
					</MenuItem>
				))}
				{routes?.map(({ id, name: routeName, isUp }) => (
					<MenuItem key={id} selected={id === modelId} onClick={() => pick(id)} sx={{ gap: 1.5, py: 0.75, maxWidth: 420 }}>
						<StateDot state={isUp ? 'running' : 'missing'} />
						<Box sx={{ minWidth: 0 }}>
							<Typography noWrap dir="auto">
								{routeName}
							</Typography>
							<Typography variant="caption" noWrap component="div" sx={{ color: 'text.secondary' }}>
								{t(isUp ? 'model.route' : 'model.routeDown')}
							</Typography>
						</Box>
					</MenuItem>
				))}
				{(choices.length > 0 || (routes ?? []).length > 0) && <Divider />}
				<MenuItem component={Link} to="/models">
					{t('model.manage')}
				</MenuItem>
			</Menu>
		</>
	);
}

function ChoiceState({ choice }: { choice: ModelChoice }) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const words = {
		running: t('model.running'),
		loading: t('model.loadingAt', { share: format.percent(choice.deployment?.loadFraction ?? 0) }),
		unloaded: t('model.unloaded'),
		missing: t('model.missing'),
	} as const;
	return (
		<Typography variant="caption" noWrap component="div" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
			{[words[choice.state], choice.model.quantization, format.bytes(choice.model.sizeBytes)].filter(Boolean).join(' · ')}
		</Typography>
	);
}

function StateDot({ state }: { state: ModelChoice['state'] }) {
	const colour = { running: 'success.main', loading: 'warning.main', unloaded: 'surface.line', missing: 'error.main' } as const;
	return <Box component="span" aria-hidden sx={{ flex: 'none', width: 8, height: 8, borderRadius: '50%', bgcolor: colour[state] }} />;
}
