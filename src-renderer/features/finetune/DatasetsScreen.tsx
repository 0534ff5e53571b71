import { useParams } from 'react-router';
import { DatasetList } from './DatasetList.tsx';
import { DatasetPage } from './DatasetPage.tsx';
import { NewDataset } from './NewDataset.tsx';

/** What models learn from: the list of datasets, the form for a new one or a new version, or one of them. The address says which. */
export function DatasetsScreen() {
	const { datasetId, act } = useParams();
	if (datasetId === undefined) return <DatasetList />;
	if (datasetId === 'new') return <NewDataset key="new" datasetId={null} />;
	if (act === 'add') return <NewDataset key={datasetId} datasetId={datasetId} />;
	return <DatasetPage key={datasetId} datasetId={datasetId} />;
}
