import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredModel, StoreProgram } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Taken, useLibrary } from './libraryStore.ts';

const programs: readonly StoreProgram[] = ['ollama', 'lmstudio', 'jan', 'huggingface'];

/** What other programs on this machine keep, by program; what is chosen is used where it lies. */
export function AddFromStores({ onTaken }: { onTaken: (taken: Taken) => void }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const addStored = useLibrary((state) => state.addStored);
	const { stored, error: lookError } = useStores();
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const picked = (stored ?? []).filter(({ id, modelId }) => modelId === null && chosen.has(id));
	const pickedBytes = picked.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	const add = async () => {
		setBusy(true);
		setError(null);
		try {
			onTaken(await addStored(picked.map(({ id }) => id)));
		} catch (thrown) {
			setError(thrown);
			setBusy(false);
		}
	};
	const choose = (ids: readonly string[], isChosen: boolean) =>
		setChosen((now) => new Set(isChosen ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id))));
	return (
		<Box sx={{ pt: 1 }}>
			<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('stores.text')}</Typography>
			<ErrorNotice error={lookError ?? error} sx={{ mb: 2 }} />
			{stored === null && lookError === null && <Skeleton variant="rounded" height={120} />}
			{stored?.length === 0 && <Typography>{t('stores.none')}</Typography>}
			{programs.map((program) => (
				<StoreSection
					key={program}
					name={t(`program.${program}`)}
					models={(stored ?? []).filter((model) => model.program === program)}
					chosen={chosen}
					onChoose={choose}
				/>
			))}
			{stored !== null && stored.length > 0 && (
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 2 }}>
					<Typography sx={{ flex: 1, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }} role="status">
						{picked.length > 0 && t('stores.saved', { bytes: format.bytes(pickedBytes) })}
					</Typography>
					<Button variant="contained" disabled={picked.length === 0} loading={isBusy} onClick={() => void add()}>
						{t('stores.act')}
					</Button>
				</Box>
			)}
		</Box>
	);
}

interface SectionProps {
	name: string;
	models: readonly StoredModel[];
	chosen: ReadonlySet<string>;
	onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

function StoreSection({ name, models, chosen, onChoose }: SectionProps) {
	const { t } = useTranslation('library');
	const format = useFormat();
	if (models.length === 0) return null;
	const open = models.filter(({ modelId }) => modelId === null).map(({ id }) => id);
	const count = open.filter((id) => chosen.has(id)).length;
	const size = format.bytes(models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
	return (
		<Box component="section" sx={{ mb: 1.5 }}>
			<FormControlLabel
				disabled={open.length === 0}
				control={
					<Checkbox
						size="small"
						sx={{ py: 0.25 }}
						checked={open.length > 0 && count === open.length}
						indeterminate={count > 0 && count < open.length}
						onChange={(_event, isChosen) => onChoose(open, isChosen)}
					/>
				}
				label={<Typography variant="h3">{t('stores.program', { name, count: models.length, size })}</Typography>}
			/>
			<Box component="ul" sx={{ m: 0, p: 0, pl: 2, listStyle: 'none' }}>
				{models.map((model) => (
					<Box component="li" key={model.id} sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
						<FormControlLabel
							disabled={model.modelId !== null}
							control={
								<Checkbox
									size="small"
									sx={{ py: 0.25 }}
									checked={model.modelId !== null || chosen.has(model.id)}
									onChange={(_event, isChosen) => onChoose([model.id], isChosen)}
								/>
							}
							label={model.kind === 'model' ? model.name : `${model.name} · ${t(`kind.${model.kind}`)}`}
							sx={{
								flex: 1,
								minWidth: 0,
								mr: 0,
								'& .MuiFormControlLabel-label': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
							}}
						/>
						<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
							{[model.modelId === null ? '' : t('stores.known'), format.bytes(model.sizeBytes)].filter(Boolean).join(' · ')}
						</Typography>
					</Box>
				))}
			</Box>
		</Box>
	);
}

/** Looks for other programs' models once. */
function useStores(): { stored: readonly StoredModel[] | null; error: unknown } {
	const [stored, setStored] = useState<readonly StoredModel[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		const stop = new AbortController();
		client.library.stores(undefined, { signal: stop.signal }).then(setStored, (thrown: unknown) => {
			if (!stop.signal.aborted) setError(thrown);
		});
		return () => stop.abort();
	}, []);
	return { stored, error };
}
