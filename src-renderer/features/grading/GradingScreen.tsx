import { useParams } from 'react-router';
import { useProposalOfAddress } from '../../rpc/useProposal.ts';
import { AssignmentDesk } from './AssignmentDesk.tsx';
import { AssignmentList } from './AssignmentList.tsx';
import { NewAssignment } from './NewAssignment.tsx';

/** Grading a class: the list of assignments, the form for a new one, or the desk of one. The address says which. */
export function GradingScreen() {
	const { assignmentId } = useParams();
	useProposalOfAddress('grading');
	if (assignmentId === undefined) return <AssignmentList />;
	if (assignmentId === 'new') return <NewAssignment />;
	return <AssignmentDesk key={assignmentId} assignmentId={assignmentId} />;
}
