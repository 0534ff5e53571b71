import { useParams } from 'react-router';
import { BatchList } from './BatchList.tsx';
import { BatchPage } from './BatchPage.tsx';

/** Converting files: the list of batches, or one of them. The address says which. */
export function FilesScreen() {
	const { conversionId } = useParams();
	if (conversionId === undefined) return <BatchList />;
	return <BatchPage conversionId={conversionId === 'new' ? null : conversionId} />;
}
