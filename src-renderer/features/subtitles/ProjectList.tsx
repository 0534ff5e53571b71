import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { useConnection } from '../../rpc/useConnection.ts';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { arrangeProjects } from './arrangeProjects.ts';
import { exampleFile } from './exampleFile.ts';
import { ProjectRow } from './ProjectRow.tsx';
import { ProposalNotice } from './ProposalNotice.tsx';
import { forgetError, readProjects, useSubtitles } from './subtitlesStore.ts';
import { useTakeFiles } from './useTakeFiles.ts';

/** All projects, newest first, those of a season together. */
export function ProjectList() {
	const { t } = useTranslation('subtitles');
	const projects = useSubtitles((state) => state.projects);
	const error = useSubtitles((state) => state.error);
	const isLost = useConnection(({ state }) => state === 'lost');
	useEffect(() => {
		if (!isLost) void readProjects();
	}, [isLost]);
	const isEmpty = projects?.length === 0;
	const arranged = arrangeProjects(projects ?? []);
	const nameOf = (project: SubtitleProject) => {
		const namesakes = arranged.filter(({ title }) => title === project.title);
		return namesakes.length === 1
			? project.title
			: t('list.oneOfSeveral', { title: project.title, number: namesakes.indexOf(project) + 1, count: namesakes.length });
	};
	return (
		<Page
			title={t('title')}
			action={
				<>
					<Button variant="outlined" component={Link} to="/subtitles/glossaries">
						{t('glossaries.title')}
					</Button>
					{!isEmpty && (
						<Button variant="contained" component={Link} to="/subtitles/new">
							{t('list.new')}
						</Button>
					)}
				</>
			}
		>
			<ErrorNotice error={error} onClose={forgetError} sx={{ mb: 2 }} />
			<ProposalNotice />
			{isEmpty && <NoProjects />}
			{projects !== null && !isEmpty && (
				<ThingTable
					label={t('title')}
					columns={[
						{ name: t('list.project') },
						{ name: t('list.languages') },
						{ name: t('list.cues'), isNumber: true },
						{ name: t('list.translated'), isNumber: true },
						{ name: t('list.approved'), isNumber: true },
						{ name: t('list.state') },
						{ name: t('list.created') },
					]}
				>
					{arranged.map((project) => (
						<ProjectRow key={project.id} project={project} name={nameOf(project)} />
					))}
				</ThingTable>
			)}
			<DeletedLink />
		</Page>
	);
}

function NoProjects() {
	const { t } = useTranslation('subtitles');
	const navigate = useNavigate();
	const takeFiles = useTakeFiles();
	const take = async (files: File[]) => {
		takeFiles(files);
		await navigate('/subtitles/new');
	};
	return (
		<DropArea takesFolders onFiles={(files) => void take(files)}>
			<EmptyState icon={<SubtitlesIcon />} title={t('empty.title')} text={t('empty.text')}>
				<Button variant="contained" component={Link} to="/subtitles/new">
					{t('list.new')}
				</Button>
				<Button variant="outlined" onClick={() => void take([exampleFile()])}>
					{t('empty.example')}
				</Button>
			</EmptyState>
		</DropArea>
	);
}
