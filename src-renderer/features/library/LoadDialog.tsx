import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KvType, type LoadWishes, loadWishes, type PlanVerdict } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Term, type TermName } from '../../ui/Term.tsx';
import { useLibrary } from './libraryStore.ts';
import { advisedFields, boundsOf, readWishes, type WishFields } from './modelState.ts';
import { PlanView } from './PlanView.tsx';

const replanMs = 200;

/** Shows what a load would take before it is done, live as the wishes change, then loads. */
export function LoadDialog({ model, onClose }: { model: Model; onClose: () => void }) {
	const { t } = useTranslation('library');
	const { t: ui } = useTranslation('ui');
	const load = useLibrary((state) => state.load);
	const [fields, setFields] = useState(() => advisedFields(model.defaults));
	const [kvType, setKvType] = useState<KvType>('f16');
	const [balance, setBalance] = useState<Balance>('leastBusy');
	const [busy, setBusy] = useState<'load' | 'unloadFirst' | null>(null);
	const [loadError, setLoadError] = useState<unknown>(null);
	const { wrong } = readWishes(fields);
	const { verdict, error } = usePlan(model.id, fields, kvType);
	const isTooBig = verdict?.kind === 'tooBig';
	const hasGpu = verdict !== null && verdict.freeVramBytes > 0;
	const isKnown = verdict !== null || error !== null;
	const names = hasGpu
		? (['contextTokens', 'parallel', 'gpuLayers', 'threads', 'replicas'] as const)
		: (['contextTokens', 'parallel', 'threads', 'replicas'] as const);
	const hasCopies = (readWishes(fields).wishes.replicas ?? verdict?.replicas ?? 1) > 1;
	const isReady = verdict !== null && wrong.length === 0;
	const mayForce = useMay('admin');
	const isRefused = isTooBig && !mayForce;

	const start = async (unloadFirst: string[]) => {
		setBusy(unloadFirst.length > 0 ? 'unloadFirst' : 'load');
		setLoadError(null);
		try {
			await load(model.id, { ...wishesOf(fields, kvType), ...(hasCopies ? { balance } : {}) }, isTooBig && unloadFirst.length === 0, unloadFirst);
			onClose();
		} catch (thrown) {
			setLoadError(thrown);
			setBusy(null);
		}
	};
	return (
		<Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="load-title">
			<DialogTitle id="load-title" noWrap>
				{t('load.title', { name: model.name })}
			</DialogTitle>
			<DialogContent>
				<Box
					component="form"
					id="load"
					onSubmit={(event) => {
						event.preventDefault();
						if (isReady && !isRefused && busy === null) void start([]);
					}}
					sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, 1fr)', gap: 2, pt: 1, mb: 2, visibility: isKnown ? 'visible' : 'hidden' }}
				>
					{names.map((name) => (
						<WishField
							key={name}
							name={name}
							model={model}
							fields={fields}
							setFields={setFields}
							isWrong={wrong.includes(name)}
							planned={name === 'replicas' ? verdict?.replicas : verdict?.plan[name]}
						/>
					))}
					<KvTypeField value={kvType} onChange={setKvType} />
					{hasCopies && <BalanceField value={balance} onChange={setBalance} />}
				</Box>
				<Box sx={{ minHeight: 152 }}>
					<ErrorNotice error={error} />
					{verdict && <PlanView verdict={verdict} />}
					{!isKnown && <Skeleton variant="rounded" height={136} />}
				</Box>
				{verdict?.unload && (
					<UnloadFirst unload={verdict.unload} isBusy={busy === 'unloadFirst'} isDisabled={!isReady || busy !== null} onStart={(ids) => void start(ids)} />
				)}
				{isRefused && <Typography sx={{ color: 'text.secondary', mt: 2 }}>{t('load.refused')}</Typography>}
				<ErrorNotice error={loadError} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button
					type="submit"
					form="load"
					variant={verdict?.unload ? 'outlined' : 'contained'}
					color={isTooBig ? 'error' : 'primary'}
					loading={busy === 'load'}
					disabled={!isReady || isRefused || busy !== null}
				>
					{isTooBig ? t('load.anyway') : t('load.button')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

/** What the fields and the choice beside them ask for. */
function wishesOf(fields: WishFields, kvType: KvType): LoadWishes {
	const { wishes } = readWishes(fields);
	return kvType === 'f16' ? wishes : { ...wishes, kvType };
}

/** The better plan that unloading idle models would give, one click away. */
function UnloadFirst({
	unload,
	isBusy,
	isDisabled,
	onStart,
}: {
	unload: NonNullable<PlanVerdict['unload']>;
	isBusy: boolean;
	isDisabled: boolean;
	onStart: (deploymentIds: string[]) => void;
}) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const names = unload.deployments.map(({ name }) => name).join(', ');
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 2, p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}>
			<Typography sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
				{t(`unloadFirst.${unload.kind}`, { names, bytes: format.bytes(unload.freedBytes) })}
			</Typography>
			<Button variant="contained" loading={isBusy} disabled={isDisabled} onClick={() => onStart(unload.deployments.map(({ id }) => id))}>
				{t('unloadFirst.act')}
			</Button>
		</Box>
	);
}

/** How the context memory is kept: a choice for those who know what they give up. */
function KvTypeField({ value, onChange }: { value: KvType; onChange: (value: KvType) => void }) {
	const { t } = useTranslation('library');
	return (
		<TextField
			select
			label={t('load.kvType.label')}
			value={value}
			onChange={(event) => onChange(event.target.value === 'q8_0' ? 'q8_0' : 'f16')}
			helperText={<Term name="kvCache">{t('load.kvType.help')}</Term>}
		>
			<MenuItem value="f16">{t('load.kvType.f16')}</MenuItem>
			<MenuItem value="q8_0">{t('load.kvType.q8_0')}</MenuItem>
		</TextField>
	);
}

type Balance = NonNullable<LoadWishes['balance']>;
const balances = loadWishes.shape.balance.unwrap().options;

/** Which of several copies gets a request; asked only where there are several. */
function BalanceField({ value, onChange }: { value: Balance; onChange: (value: Balance) => void }) {
	const { t } = useTranslation('library');
	return (
		<TextField
			select
			label={t('load.balance.label')}
			value={value}
			onChange={(event) => onChange(balances.find((each) => each === event.target.value) ?? 'leastBusy')}
			helperText={t(`load.balance.help.${value}`)}
		>
			{balances.map((each) => (
				<MenuItem key={each} value={each}>
					{t(`load.balance.${each}`)}
				</MenuItem>
			))}
		</TextField>
	);
}

interface WishFieldProps {
	name: keyof WishFields;
	model: Model;
	fields: WishFields;
	setFields: (fields: WishFields) => void;
	isWrong: boolean;
	planned: number | undefined;
}

/** Wishes whose names are words of the field. */
const terms: Partial<Record<keyof WishFields, TermName>> = { contextTokens: 'context', parallel: 'kvCache', gpuLayers: 'layer' };

/** One wish: empty it shows what the plan decided. */
function WishField({ name, model, fields, setFields, isWrong, planned }: WishFieldProps) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const [least, most] = boundsOf(name);
	const help =
		name === 'contextTokens' && model.contextTokens !== null ? t('load.trained', { tokens: format.number(model.contextTokens) }) : t(`load.help.${name}`);
	const term = terms[name];
	return (
		<TextField
			label={t(`load.fields.${name}`)}
			value={fields[name]}
			onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
			placeholder={planned === undefined ? '' : t('load.planned', { value: format.number(planned) })}
			error={isWrong}
			helperText={isWrong ? t('load.bounds', { least: format.number(least), most: format.number(most) }) : term ? <Term name={term}>{help}</Term> : help}
			slotProps={{ htmlInput: { inputMode: 'numeric' }, inputLabel: { shrink: true } }}
		/>
	);
}

/** The plan for the fields as they are, asked for once the typing pauses; the last plan stays until the next is there. */
function usePlan(modelId: string, fields: WishFields, kvType: KvType): { verdict: PlanVerdict | null; error: unknown } {
	const [verdict, setVerdict] = useState<PlanVerdict | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		if (readWishes(fields).wrong.length > 0) return;
		let isCurrent = true;
		const plan = async () => {
			try {
				const planned = await client.engine.plan({ modelId, wishes: wishesOf(fields, kvType) });
				if (!isCurrent) return;
				setVerdict(planned);
				setError(null);
			} catch (thrown) {
				if (!isCurrent) return;
				setVerdict(null);
				setError(thrown);
			}
		};
		const timer = setTimeout(() => void plan(), replanMs);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [modelId, fields, kvType]);
	return { verdict, error };
}
