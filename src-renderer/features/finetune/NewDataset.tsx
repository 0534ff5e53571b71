import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDatasets } from '../../rpc/live.ts';
import { FormPage } from '../../ui/FormPage.tsx';
import { notify } from '../../ui/notify.ts';
import { useAim } from '../../ui/useAim.ts';
import { sourceOf } from './datasetSource.ts';
import { fillWithExample } from './examplePhrases.ts';
import { ImportPreview } from './ImportPreview.tsx';
import { clearForm, openForm, saveDataset, setForm, titleOf, useNewDataset } from './newDatasetStore.ts';
import { SourceFields } from './SourceFields.tsx';

/** The form for a new dataset, or for a new version of one: where the examples come from at the left, what they are at the right. */
export function NewDataset({ datasetId }: { datasetId: string | null }) {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	useEffect(() => openForm(datasetId), [datasetId]);
	const dataset = useDatasets().value?.find(({ id }) => id === datasetId);
	const title = useNewDataset((state) => state.title);
	const kind = useNewDataset((state) => state.kind);
	const ownTitle = useNewDataset(titleOf) || t(`datasets.source.titles.${kind}`);
	const isSaving = useNewDataset((state) => state.isSaving);
	const isUntouched = useNewDataset((state) => state.title === '' && sourceOf(state) === null);
	useAim(['example'], datasetId === null, () => isUntouched && fillWithExample(t('datasets.example.title')));
	const isReady = useNewDataset(({ preview, isReading }) => preview !== null && preview.exampleCount > 0 && !isReading);
	const home = datasetId === null ? '/finetune/datasets' : `/finetune/datasets/${datasetId}`;
	const create = async () => {
		const made = await saveDataset(ownTitle);
		if (made !== null) await navigate(`/finetune/datasets/${made.id}`, { replace: true });
	};
	const discard = async () => {
		const bringBack = clearForm();
		await navigate(home);
		notify(t('datasets.form.discarded'), async () => {
			bringBack();
			await navigate(datasetId === null ? '/finetune/datasets/new' : `${home}/add`);
		});
	};
	return (
		<FormPage
			title={datasetId === null ? t('datasets.new') : t('datasets.form.newVersion', { title: dataset?.title ?? '' })}
			back={{ to: home, label: datasetId === null ? t('datasets.back') : (dataset?.title ?? t('datasets.back')) }}
			onDiscard={isUntouched ? null : () => void discard()}
			beside={
				datasetId === null &&
				isUntouched && (
					<Button size="small" onClick={() => fillWithExample(t('datasets.example.title'))}>
						{t('datasets.example.try')}
					</Button>
				)
			}
			act={
				<Button variant="contained" disabled={!isReady} loading={isSaving} onClick={() => void create()}>
					{t(datasetId === null ? 'datasets.form.create' : 'datasets.form.add')}
				</Button>
			}
		>
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 2fr) minmax(0, 3fr)' }, gap: 4, alignItems: 'start', pt: 1 }}>
				<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2.5, minWidth: 0 }}>
					{datasetId === null ? (
						<TextField
							label={t('datasets.form.title')}
							value={title}
							placeholder={ownTitle}
							onChange={(event) => setForm({ title: event.target.value })}
							slotProps={{ inputLabel: { shrink: true }, htmlInput: { maxLength: 200, dir: 'auto' } }}
						/>
					) : (
						<ExtendSwitch />
					)}
					<SourceFields />
				</Box>
				<ImportPreview />
			</Box>
		</FormPage>
	);
}

function ExtendSwitch() {
	const { t } = useTranslation('finetune');
	const extend = useNewDataset((state) => state.extend);
	return (
		<FormControlLabel
			control={<Switch checked={extend} onChange={(_event, checked) => setForm({ extend: checked })} />}
			label={t('datasets.form.extend')}
			sx={{ ml: 0, gap: 1 }}
		/>
	);
}
