import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useConnection } from '../../rpc/useConnection.ts';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { AssignmentRow } from './AssignmentRow.tsx';
import { fillWithExample } from './exampleClass.ts';
import { forgetError, readAssignments, useGrading } from './gradingStore.ts';
import { ProposalNotice } from './ProposalNotice.tsx';

/** All assignments, newest first. */
export function AssignmentList() {
	const { t } = useTranslation('grading');
	const assignments = useGrading((state) => state.assignments);
	const error = useGrading((state) => state.error);
	const isLost = useConnection(({ state }) => state === 'lost');
	useEffect(() => {
		if (!isLost) void readAssignments();
	}, [isLost]);
	const isEmpty = assignments?.length === 0;
	return (
		<Page
			title={t('title')}
			action={
				!isEmpty && (
					<Button variant="contained" component={Link} to="/grading/new">
						{t('list.new')}
					</Button>
				)
			}
		>
			<ErrorNotice error={error} onClose={forgetError} sx={{ mb: 2 }} />
			<ProposalNotice />
			{isEmpty && <NoAssignments />}
			{assignments !== null && !isEmpty && (
				<ThingTable
					label={t('title')}
					columns={[
						{ name: t('list.assignment') },
						{ name: t('list.answers'), isNumber: true },
						{ name: t('list.graded'), isNumber: true },
						{ name: t('list.settled'), isNumber: true },
						{ name: t('list.state') },
						{ name: t('list.created') },
					]}
				>
					{assignments.map((assignment) => (
						<AssignmentRow key={assignment.id} assignment={assignment} />
					))}
				</ThingTable>
			)}
			<DeletedLink />
		</Page>
	);
}

function NoAssignments() {
	const { t } = useTranslation('grading');
	const navigate = useNavigate();
	const tryExample = async () => {
		fillWithExample(t);
		await navigate('/grading/new');
	};
	return (
		<EmptyState icon={<GradingIcon />} title={t('empty.title')} text={t('empty.text')}>
			<Button variant="contained" component={Link} to="/grading/new">
				{t('list.new')}
			</Button>
			<Button variant="outlined" onClick={() => void tryExample()}>
				{t('empty.example')}
			</Button>
		</EmptyState>
	);
}
