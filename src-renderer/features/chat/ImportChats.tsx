import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProblem, ImportReport } from '#contract/chatImport.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { readConversations } from './chatStore.ts';
import { type ImportInput, sourceOf } from './importSource.ts';

/** Takes in the conversations of other programs: first it shows what there is, then it does it. */
export function ImportChats({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('chat');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const isAdmin = useMay('admin');
	const [input, setInput] = useState<ImportInput | null>(null);
	const [found, setFound] = useState<ImportReport | null>(null);
	const [done, setDone] = useState<ImportReport | null>(null);
	const [fraction, setFraction] = useState<number | null>(null);
	const [error, setError] = useState<unknown>(null);
	const run = async (what: 'previewImport' | 'import', source: ImportInput, show: (report: ImportReport) => void) => {
		setError(null);
		setFraction(0);
		try {
			for await (const step of await client.chat[what](source)) {
				if (step.type === 'progress') setFraction(step.fraction);
				else show(step.report);
			}
		} catch (thrown) {
			setError(thrown);
		}
		setFraction(null);
	};
	const choose = async (files: readonly File[]) => {
		setFound(null);
		setError(null);
		try {
			setFraction(0);
			const source = await sourceOf(files, isAdmin, setFraction);
			setInput(source);
			await run('previewImport', source, setFound);
		} catch (thrown) {
			setError(thrown);
			setFraction(null);
		}
	};
	const take = async () => {
		if (input) await run('import', input, setDone);
		await readConversations();
	};
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
			<DialogTitle id={titleId}>{t('import.title')}</DialogTitle>
			<DialogContent>
				{!done && (
					<>
						<Typography sx={{ mb: 1 }}>{t('import.text')}</Typography>
						<Typography variant="caption" component="p" sx={{ color: 'text.secondary', mb: 2 }}>
							{t('import.where')}
						</Typography>
						<Box sx={{ display: 'flex', gap: 1, mb: 2 }}>
							<ChooseFiles label={t('import.files')} accept=".zip,.json,.jsonl" isMany onFiles={(files) => void choose(files)} />
							<ChooseFiles isFolder label={t('import.folder')} onFiles={(files) => void choose(files)} />
						</Box>
					</>
				)}
				{fraction !== null && <ProgressLine title={t(found ? 'import.taking' : 'import.reading')} fraction={fraction === 0 ? null : fraction} />}
				<ErrorNotice error={error} sx={{ mt: 1 }} onClose={() => setError(null)} />
				{fraction === null && (done ?? found) && <Report report={done ?? (found as ImportReport)} isDone={done !== null} />}
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{done ? ui('close') : ui('cancel')}
				</Button>
				{!done && (
					<Button variant="contained" disabled={!found || found.fresh === 0 || fraction !== null} onClick={() => void take()}>
						{t('import.act', { count: found?.fresh ?? 0 })}
					</Button>
				)}
			</DialogActions>
		</Dialog>
	);
}

function Report({ report, isDone }: { report: ImportReport; isDone: boolean }) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const names = report.programs.map(({ program, count }) => t('import.from', { program: t(`import.program.${program}`), count: format.number(count) }));
	return (
		<Box role="status">
			<Typography sx={{ mb: 0.5 }}>
				{report.fresh + report.known === 0 && t('import.nothing')}
				{report.fresh > 0 && t(isDone ? 'import.done' : 'import.fresh', { count: report.fresh, messages: format.number(report.messages) })}{' '}
				{report.known > 0 && t('import.known', { count: report.known })}
			</Typography>
			{names.length > 0 && <Typography sx={{ color: 'text.secondary', mb: 1 }}>{names.join(' · ')}</Typography>}
			{!isDone && report.shown.length > 0 && (
				<Box component="ul" aria-label={t('import.list')} tabIndex={0} sx={{ m: 0, pl: 2.5, maxHeight: 180, overflow: 'auto' }}>
					{report.shown.map(({ title, createdAt, messages }, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and titles may be alike
						<li key={at} dir="auto">
							{title}{' '}
							<Box component="span" sx={{ color: 'text.secondary' }}>{`· ${format.date(createdAt)} · ${t('import.messages', { count: messages })}`}</Box>
						</li>
					))}
					{report.fresh > report.shown.length && <li>{t('import.more', { count: report.fresh - report.shown.length })}</li>}
				</Box>
			)}
			{report.problems.length > 0 && <Problems problems={report.problems} total={report.problemCount} />}
		</Box>
	);
}

function Problems({ problems, total }: { problems: readonly ImportProblem[]; total: number }) {
	const { t } = useTranslation('chat');
	return (
		<Box sx={{ mt: 2 }}>
			<Typography sx={{ fontWeight: 600 }}>{t('import.problems', { count: total })}</Typography>
			<Box component="ul" aria-label={t('import.problems', { count: total })} tabIndex={0} sx={{ m: 0, pl: 2.5, maxHeight: 160, overflow: 'auto' }}>
				{problems.map(({ where, code, count }, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
					<li key={at} dir="auto">
						{where}: {t(`import.problem.${code}`, { count })}
					</li>
				))}
				{total > problems.length && <li>{t('import.more', { count: total - problems.length })}</li>}
			</Box>
		</Box>
	);
}
