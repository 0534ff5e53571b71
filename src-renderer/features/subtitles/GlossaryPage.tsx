import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TermProblem } from '#contract/glossary.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { GlossaryTerms } from './GlossaryTerms.tsx';
import { importTerms, openGlossary, saveTerms, useGlossary } from './glossaryStore.ts';
import { useGlossaries } from './useGlossaries.ts';

const mostProblems = 50;

/** One glossary: its terms, taken in from a table and given out as one. */
export function GlossaryPage({ glossaryId }: { glossaryId: string }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const { glossaries } = useGlossaries();
	const terms = useGlossary((state) => state.terms);
	const [taken, setTaken] = useState<{ added: number; problems: TermProblem[] } | null>(null);
	useEffect(() => void openGlossary(glossaryId), [glossaryId]);
	const take = async ([file]: File[]) => {
		setTaken(null);
		if (file) setTaken(await importTerms(file));
	};
	const problems = (taken?.problems ?? []).slice(0, mostProblems).map(({ row, code, detail }, index) => ({
		key: String(index),
		place: t('glossaries.row', { row: format.number(row) }),
		words: t(`glossaries.problems.${code}`, { detail }),
	}));
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<BackHeader
				back={{ to: '/subtitles/glossaries', label: t('glossaries.title') }}
				titlePx={{ narrow: 300, wide: 420 }}
				title={glossaries?.find(({ id }) => id === glossaryId)?.name ?? t('glossaries.title')}
				action={
					<>
						<ChooseFiles label={t('glossaries.import')} accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" onFiles={(files) => void take(files)} />
						<Button
							variant="outlined"
							size="small"
							disabled={!terms?.some(({ state }) => state === 'confirmed')}
							onClick={() => void saveTerms().then((saved) => saved && saveFile(saved.fileName, saved.file))}
						>
							{t('glossaries.save')}
						</Button>
					</>
				}
			/>
			<Box sx={{ px: 3, pb: 4, flex: 1, minHeight: 0, overflow: 'auto' }}>
				<Box sx={{ maxWidth: 720, display: 'flex', flexDirection: 'column', gap: 2 }}>
					{taken && (
						<Alert severity={problems.length > 0 ? 'warning' : 'success'} variant="outlined" onClose={() => setTaken(null)}>
							{t('glossaries.added', { count: taken.added })}
							{problems.length > 0 && (
								<ProblemList
									title={t('glossaries.notTaken', { count: taken.problems.length })}
									problems={problems}
									more={taken.problems.length > mostProblems ? t('preview.more', { count: taken.problems.length - mostProblems }) : null}
								/>
							)}
						</Alert>
					)}
					<GlossaryTerms said="" empty={t('glossary.empty')} />
				</Box>
			</Box>
		</Box>
	);
}
