import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backend } from '#contract/backends.ts';
import { type RouteStrategy, type RouteView, routeStrategy } from '#contract/routes.ts';
import { client } from '../../rpc/client.ts';
import { useModels } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { draftOf, newTarget, readDraft, sourceKey, type TargetDraft } from './routeDraft.ts';
import { TargetFields } from './TargetFields.tsx';

interface Props {
	/** The one to change; null: another is made. */
	route: RouteView | null;
	/** All of them: those that it can fall back on. */
	routes: readonly RouteView[];
	onClose: () => void;
}

/** A route in its fields, with its targets in their order. */
export function RouteDialog({ route, routes, onClose }: Props) {
	const { t } = useTranslation('routes');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const [draft, setDraft] = useState(() => draftOf(route));
	const [isTried, setTried] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const sources = useSources();
	const read = readDraft(draft);
	const wrong = isTried && 'wrong' in read ? read.wrong : [];
	const change = (changes: Partial<typeof draft>) => setDraft({ ...draft, ...changes });
	const setTarget = (key: number, changes: Partial<TargetDraft>) =>
		change({ targets: draft.targets.map((target) => (target.key === key ? { ...target, ...changes } : target)) });
	const addTarget = () => {
		const key = Math.max(-1, ...draft.targets.map((target) => target.key)) + 1;
		change({ targets: [...draft.targets, newTarget(key, sources.keys().next().value ?? '')] });
	};
	const save = async () => {
		setTried(true);
		if ('wrong' in read || isBusy) return;
		setBusy(true);
		setError(null);
		try {
			if (route) await client.routes.change({ routeId: route.id, ...read.fields });
			else await client.routes.create(read.fields);
			onClose();
		} catch (thrown) {
			setError(thrown);
			setBusy(false);
		}
	};
	const others = routes.filter(({ id }) => id !== route?.id);
	const limitField = (name: 'mostAtWork' | 'mostWaiting', placeholder = '') => (
		<TextField
			label={t(`field.${name}`)}
			value={draft[name]}
			placeholder={placeholder}
			error={wrong.includes(name)}
			helperText={t(wrong.includes(name) ? `field.${name}Wrong` : `field.${name}Help`)}
			onChange={(event) => change({ [name]: event.target.value })}
			slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' }, inputLabel: { shrink: true } }}
		/>
	);
	return (
		<Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby={titleId}>
			<DialogTitle id={titleId}>{route ? t('editTitle', { name: route.name }) : t('addTitle')}</DialogTitle>
			<DialogContent>
				<Box
					component="form"
					id={`${titleId}-form`}
					noValidate
					onSubmit={(event) => {
						event.preventDefault();
						void save();
					}}
					sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, 1fr)', gap: 2, pt: 1 }}
				>
					<TextField
						label={t('field.name')}
						value={draft.name}
						required
						autoFocus
						error={wrong.includes('name')}
						helperText={wrong.includes('name') ? t('field.nameWrong') : t('field.nameHelp')}
						onChange={(event) => change({ name: event.target.value })}
						slotProps={{ htmlInput: { dir: 'auto', maxLength: 100, autoComplete: 'off' } }}
					/>
					<SelectField
						label={t('field.strategy')}
						value={draft.strategy}
						options={routeStrategy.options}
						name={(option) => t(`strategy.${option as RouteStrategy}`)}
						onChange={(option) => change({ strategy: option as RouteStrategy })}
					/>
					{limitField('mostAtWork', t('field.noLimit'))}
					{limitField('mostWaiting')}
					<Box sx={{ gridColumn: '1 / -1', display: 'grid' }}>
						<SelectField
							label={t('field.fallback')}
							value={draft.fallbackId}
							options={['', ...others.map(({ id }) => id)]}
							name={(id) => others.find((other) => other.id === id)?.name ?? t('field.noFallback')}
							onChange={(fallbackId) => change({ fallbackId })}
						/>
					</Box>
					<Box component="fieldset" sx={{ gridColumn: '1 / -1', border: 0, m: 0, p: 0, minWidth: 0 }}>
						<Typography component="legend" variant="h3" sx={{ mb: 1, p: 0 }}>
							{t('targets')}
						</Typography>
						<Typography variant="caption" sx={{ display: 'block', color: 'text.secondary', mb: 1.5 }}>
							{t('targetsHelp')}
						</Typography>
						{draft.targets.map((target, at) => (
							<TargetFields
								key={target.key}
								target={target}
								number={at + 1}
								sources={sources}
								wrong={wrong}
								onChange={(changes) => setTarget(target.key, changes)}
								onRemove={() => change({ targets: draft.targets.filter(({ key }) => key !== target.key) })}
							/>
						))}
						<Button variant="outlined" color="inherit" size="small" disabled={sources.size === 0 || draft.targets.length >= 32} onClick={addTarget}>
							{t('addTarget')}
						</Button>
					</Box>
				</Box>
				<ErrorNotice error={error} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button type="submit" form={`${titleId}-form`} variant="contained" loading={isBusy}>
					{route ? t('save') : t('add')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

/** What can stand behind a route, by its place in the list: the models of this machine, then the servers elsewhere. */
function useSources(): ReadonlyMap<string, string> {
	const { t } = useTranslation('routes');
	const { value: models } = useModels();
	const [backends, setBackends] = useState<readonly Backend[]>([]);
	useEffect(() => {
		client.backends.list().then(setBackends, () => setBackends([]));
	}, []);
	const local = (models ?? []).filter(({ kind }) => kind === 'model').map(({ id, name }): [string, string] => [sourceKey('local', id), name]);
	return new Map([...local, ...backends.map(({ id, name }): [string, string] => [sourceKey('backend', id), t('server', { name })])]);
}
