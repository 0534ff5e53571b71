import DatasetIcon from '@mui/icons-material/DatasetOutlined';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useDatasets } from '../../rpc/live.ts';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { DatasetRow } from './DatasetRow.tsx';
import { fillWithExample } from './examplePhrases.ts';

/** All datasets, newest first. */
export function DatasetList() {
	const { t } = useTranslation('finetune');
	const { value: datasets, error } = useDatasets();
	const isEmpty = datasets?.length === 0;
	return (
		<Page
			title={t('title')}
			action={
				!isEmpty && (
					<Button variant="contained" component={Link} to="/finetune/datasets/new">
						{t('datasets.new')}
					</Button>
				)
			}
		>
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{isEmpty && <NoDatasets />}
			{datasets !== null && !isEmpty && (
				<ThingTable
					label={t('title')}
					columns={[
						{ name: t('datasets.dataset') },
						{ name: t('datasets.examples'), isNumber: true },
						{ name: t('datasets.characters'), isNumber: true },
						{ name: t('datasets.versions'), isNumber: true },
						{ name: t('datasets.changed') },
					]}
				>
					{datasets.map((dataset) => (
						<DatasetRow key={dataset.id} dataset={dataset} />
					))}
				</ThingTable>
			)}
			<DeletedLink />
		</Page>
	);
}

function NoDatasets() {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const tryExample = async () => {
		await navigate('/finetune/datasets/new');
		fillWithExample(t('datasets.example.title'));
	};
	return (
		<EmptyState icon={<DatasetIcon />} title={t('datasets.empty.title')} text={t('datasets.empty.text')}>
			<Button variant="contained" component={Link} to="/finetune/datasets/new">
				{t('datasets.new')}
			</Button>
			<Button variant="outlined" onClick={() => void tryExample()}>
				{t('datasets.example.try')}
			</Button>
		</EmptyState>
	);
}
