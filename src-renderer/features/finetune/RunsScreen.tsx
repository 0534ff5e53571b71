import { useParams } from 'react-router';
import { RunList } from './RunList.tsx';
import { RunPage } from './RunPage.tsx';

/** The runs of the reader: all of them, or the one that the address names. */
export function RunsScreen() {
	const { runId } = useParams();
	return runId === undefined ? <RunList /> : <RunPage key={runId} runId={runId} />;
}
