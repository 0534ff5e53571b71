import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { forgetAct, notify } from '../../ui/notify.ts';
import { BenchHeader } from './BenchHeader.tsx';
import { BenchWork } from './BenchWork.tsx';
import { clearBench } from './benchStore.ts';
import { keepDrafts } from './cueDraft.ts';
import { setFilm } from './filmStore.ts';
import { forgetError, openProject, useSubtitles } from './subtitlesStore.ts';

/** The bench of one project: its cues to be translated, edited and approved. */
export function Bench({ projectId }: { projectId: string }) {
	const { t } = useTranslation('subtitles');
	const project = useSubtitles((state) => (state.openId === projectId ? state.project : null));
	const cues = useSubtitles((state) => (state.openId === projectId ? state.cues : null));
	const error = useSubtitles((state) => state.error);
	useEffect(() => {
		// What was typed in a project is kept before another one takes its place on the bench.
		void keepDrafts().then(() => {
			clearBench();
			setFilm(null);
			openProject(projectId);
		});
		return () => {
			forgetAct();
			void keepDrafts().then((isKept) => {
				if (!isKept) notify(t('bench.draftWaits'));
				openProject(null);
			});
		};
	}, [projectId, t]);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			{project === null ? (
				<BackHeader back={{ to: '/subtitles', label: t('bench.back') }} titlePx={{ narrow: 200, wide: 420 }} title={t('title')} />
			) : (
				<BenchHeader project={project} />
			)}
			<ErrorNotice error={error} onClose={forgetError} sx={{ mx: 3, mb: 1 }} />
			{project !== null && cues !== null ? <BenchWork project={project} cues={cues} /> : error === null && <Skeleton sx={{ mx: 3 }} height={240} />}
		</Box>
	);
}
