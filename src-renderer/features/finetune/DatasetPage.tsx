import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Dataset, DatasetVersion } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { useDatasets } from '../../rpc/live.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { saveText } from '../../ui/saveText.ts';
import { ExampleList } from './ExampleList.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { removeDataset } from './removeDataset.ts';
import { TokenLengths } from './TokenLengths.tsx';
import { VersionFacts } from './VersionFacts.tsx';
import { VersionProblems } from './VersionProblems.tsx';

const views = ['examples', 'lengths', 'problems'] as const;

/** One dataset: its versions, and of the chosen one the examples, how long they are, and what was left out. */
export function DatasetPage({ datasetId }: { datasetId: string }) {
	const { t } = useTranslation('finetune');
	const { value: datasets, error } = useDatasets();
	const dataset = datasets?.find(({ id }) => id === datasetId);
	const [chosenId, setChosen] = useState<string | null>(null);
	const version = dataset?.versions.find(({ id }) => id === chosenId) ?? dataset?.versions[0];
	if (!dataset || !version) {
		return (
			<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
				<PageHeader title={t('datasets.title')} />
				<ErrorNotice error={error} sx={{ mx: 3 }} />
				{datasets !== null && (
					<EmptyState title={t('datasets.gone.title')} text={t('datasets.gone.text')}>
						<Button variant="contained" component={Link} to="/finetune/datasets">
							{t('datasets.back')}
						</Button>
					</EmptyState>
				)}
			</Box>
		);
	}
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<DatasetHeader dataset={dataset} version={version} />
			<VersionFacts versions={dataset.versions} version={version} onChoose={setChosen} />
			<VersionViews key={version.id} version={version} />
		</Box>
	);
}

function VersionViews({ version }: { version: DatasetVersion }) {
	const { t } = useTranslation('finetune');
	const [view, setView] = useState<(typeof views)[number]>('examples');
	// Of subtitles whole files may have been left out, which are not counted as rows.
	const mayHaveProblems = version.refusedCount + version.duplicateCount > 0 || version.form === 'subtitles';
	const shown = views.filter((name) => name !== 'problems' || mayHaveProblems);
	return (
		<>
			<Tabs
				value={view}
				onChange={(_event, chosen: (typeof views)[number]) => setView(chosen)}
				sx={{ flex: 'none', px: 3, borderBottom: 1, borderColor: 'divider' }}
			>
				{shown.map((name) => (
					<Tab key={name} value={name} id={`tab-${name}`} aria-controls={`view-${name}`} label={t(`datasets.views.${name}`)} />
				))}
			</Tabs>
			<Box role="tabpanel" id={`view-${view}`} aria-labelledby={`tab-${view}`} sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
				{view === 'examples' && <ExampleList version={version} />}
				{view === 'lengths' && <TokenLengths version={version} />}
				{view === 'problems' && <VersionProblems version={version} />}
			</Box>
		</>
	);
}

function DatasetHeader({ dataset, version }: { dataset: Dataset; version: DatasetVersion }) {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const [isRenaming, setRenaming] = useState(false);
	const [isSaving, setSaving] = useState(false);
	const save = async () => {
		setSaving(true);
		try {
			const { fileName, text } = await client.finetune.exportDataset({ versionId: version.id });
			saveText(fileName, text, 'application/jsonl');
		} catch (thrown) {
			notifyError(thrown);
		} finally {
			setSaving(false);
		}
	};
	const remove = async () => {
		if (await removeDataset(dataset, t)) await navigate('/finetune/datasets');
	};
	return (
		<BackHeader
			back={{ to: '/finetune/datasets', label: t('datasets.back') }}
			titlePx={{ narrow: 220, wide: 480 }}
			title={dataset.title}
			action={
				<>
					<SymbolButton label={t('datasets.deleteNamed', { title: dataset.title })} onClick={() => void remove()}>
						<DeleteIcon fontSize="small" />
					</SymbolButton>
					<Tooltip title={t('datasets.export')}>
						<IconButton aria-label={t('datasets.export')} loading={isSaving} onClick={() => void save()}>
							<DownloadIcon fontSize="small" />
						</IconButton>
					</Tooltip>
					<Button variant="outlined" color="inherit" component={Link} to={`/finetune/datasets/${dataset.id}/add`}>
						{t('datasets.addVersion')}
					</Button>
					<Button variant="contained" component={Link} to={`/finetune/new?version=${version.id}`}>
						{t('datasets.train')}
					</Button>
				</>
			}
		>
			<SymbolButton label={t('datasets.rename.title')} onClick={() => setRenaming(true)}>
				<EditIcon fontSize="small" />
			</SymbolButton>
			{isRenaming && <RenameDialog dataset={dataset} onClose={() => setRenaming(false)} />}
		</BackHeader>
	);
}
