import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanVerdict } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { useLibrary } from './libraryStore.ts';
import { boundsOf, readWishes, type WishFields } from './modelState.ts';
import { PlanView } from './PlanView.tsx';

const noWishes: WishFields = { contextTokens: '', parallel: '', gpuLayers: '', threads: '' };
const replanMs = 200;

/** Shows what a load would take before it is done, live as the wishes change, then loads. */
export function LoadDialog({ model, onClose }: { model: Model; onClose: () => void }) {
	const { t } = useTranslation('library');
	const { t: ui } = useTranslation('ui');
	const load = useLibrary((state) => state.load);
	const [fields, setFields] = useState(noWishes);
	const [isBusy, setBusy] = useState(false);
	const [loadError, setLoadError] = useState<unknown>(null);
	const { wishes, wrong } = readWishes(fields);
	const { verdict, error } = usePlan(model.id, fields);
	const isTooBig = verdict?.kind === 'tooBig';
	const hasGpu = verdict !== null && verdict.freeVramBytes > 0;
	const isKnown = verdict !== null || error !== null;
	const names = hasGpu ? (['contextTokens', 'parallel', 'gpuLayers', 'threads'] as const) : (['contextTokens', 'parallel', 'threads'] as const);

	const start = async () => {
		setBusy(true);
		setLoadError(null);
		try {
			await load(model.id, wishes, isTooBig);
			onClose();
		} catch (thrown) {
			setLoadError(thrown);
			setBusy(false);
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
						if (verdict && wrong.length === 0) void start();
					}}
					sx={{ display: 'grid', gridTemplateColumns: `repeat(${hasGpu ? 2 : 3}, 1fr)`, gap: 2, pt: 1, mb: 2, visibility: isKnown ? 'visible' : 'hidden' }}
				>
					{names.map((name) => (
						<WishField
							key={name}
							name={name}
							model={model}
							fields={fields}
							setFields={setFields}
							isWrong={wrong.includes(name)}
							planned={verdict?.plan[name]}
						/>
					))}
				</Box>
				<Box sx={{ minHeight: 152 }}>
					<ErrorNotice error={error} />
					{verdict && <PlanView verdict={verdict} />}
					{!isKnown && <Skeleton variant="rounded" height={136} />}
				</Box>
				<ErrorNotice error={loadError} sx={{ mt: 2 }} />
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button type="submit" form="load" variant="contained" color={isTooBig ? 'error' : 'primary'} loading={isBusy} disabled={!verdict || wrong.length > 0}>
					{isTooBig ? t('load.anyway') : t('load.button')}
				</Button>
			</DialogActions>
		</Dialog>
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

/** One wish: empty it shows what the plan decided. */
function WishField({ name, model, fields, setFields, isWrong, planned }: WishFieldProps) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const [least, most] = boundsOf(name);
	const help =
		name === 'contextTokens' && model.contextTokens !== null ? t('load.trained', { tokens: format.number(model.contextTokens) }) : t(`load.help.${name}`);
	return (
		<TextField
			label={t(`load.fields.${name}`)}
			value={fields[name]}
			onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
			placeholder={planned === undefined ? '' : t('load.planned', { value: format.number(planned) })}
			error={isWrong}
			helperText={isWrong ? t('load.bounds', { least: format.number(least), most: format.number(most) }) : help}
			slotProps={{ htmlInput: { inputMode: 'numeric' }, inputLabel: { shrink: true } }}
		/>
	);
}

/** The plan for the fields as they are, asked for once the typing pauses; the last plan stays until the next is there. */
function usePlan(modelId: string, fields: WishFields): { verdict: PlanVerdict | null; error: unknown } {
	const [verdict, setVerdict] = useState<PlanVerdict | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		const { wishes, wrong } = readWishes(fields);
		if (wrong.length > 0) return;
		let isCurrent = true;
		const plan = async () => {
			try {
				const planned = await client.engine.plan({ modelId, wishes });
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
	}, [modelId, fields]);
	return { verdict, error };
}
