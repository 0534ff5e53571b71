import { useParams } from 'react-router';
import { useProposalOfAddress } from '../../rpc/useProposal.ts';
import { Bench } from './Bench.tsx';
import { NewProject } from './NewProject.tsx';
import { ProjectList } from './ProjectList.tsx';

/** Translating subtitles: the list of projects, the form that takes files in, or the bench of one project. The address says which. */
export function SubtitlesScreen() {
	const { projectId } = useParams();
	useProposalOfAddress('subtitles');
	if (projectId === undefined) return <ProjectList />;
	if (projectId === 'new') return <NewProject />;
	return <Bench key={projectId} projectId={projectId} />;
}
